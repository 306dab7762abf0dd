package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Finds the array of items in what a collection's GET answers. */
final class ListFinder {
  private static final double NAMED = 0.4;
  private static final double SOME = 0.3;

  /**
   * An array in a page.
   *
   * @param operation the list operation
   * @param itemsPointer from the page to the array
   * @param item an item's schema
   * @param score for choosing among several
   */
  record Found(ApiOperation operation, String itemsPointer, Schema item, double score) {}

  private final PathIndex index;

  ListFinder(PathIndex index) {
    this.index = index;
  }

  /**
   * Finds the list.
   *
   * @param collection the collection's key
   * @param resource the resource's schema, to tell its array from others; empty where unknown
   */
  Optional<Found> at(String collection, Optional<Schema> resource) {
    return index
        .list(collection)
        .flatMap(get -> get.answer().flatMap(page -> in(get, page, resource)));
  }

  private Optional<Found> in(ApiOperation get, Schema page, Optional<Schema> resource) {
    boolean isOne = resource.filter(r -> Similarity.of(page, r) >= Similarity.SAME).isPresent();
    if (isOne && !page.isArray()) {
      return Optional.empty();
    }
    List<Found> out = new ArrayList<>();
    if (page.isArray()) {
      page.items().ifPresent(i -> out.add(new Found(get, "", i, 1)));
    } else {
      arrays(get, page, "", resource, out, 2);
    }
    double needed = resource.filter(Schema::hasProperties).isPresent() ? SOME : 0;
    return out.stream()
        .filter(f -> f.score() >= needed)
        .max(Comparator.comparingDouble(Found::score));
  }

  private void arrays(
      ApiOperation get,
      Schema page,
      String prefix,
      Optional<Schema> resource,
      List<Found> out,
      int depth) {
    page.properties()
        .forEach(
            (name, field) -> {
              String pointer = prefix + Pointers.to(name);
              if (field.isArray()) {
                field
                    .items()
                    .filter(Schema::hasProperties)
                    .ifPresent(i -> out.add(found(get, pointer, name, i, resource)));
              } else if (depth > 1 && field.hasProperties()) {
                arrays(get, field, pointer, resource, out, depth - 1);
              }
            });
  }

  private static Found found(
      ApiOperation get, String pointer, String name, Schema item, Optional<Schema> resource) {
    double score = resource.map(r -> Similarity.of(r, item)).orElse(0.0);
    String collection = Words.plain(get.path().lastSegment());
    if (collection.endsWith(Words.plain(name)) || Words.plain(name).endsWith(collection)) {
      score += NAMED;
    }
    if (pointer.indexOf('/', 1) < 0) {
      score += 0.1;
    }
    return new Found(get, pointer, item, score);
  }
}
