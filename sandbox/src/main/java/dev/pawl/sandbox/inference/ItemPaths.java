package dev.pawl.sandbox.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.Operation;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The paths of a document that end in a parameter, by canonical key. */
final class ItemPaths {
  private final Map<String, ItemPath> byKey = new LinkedHashMap<>();
  private final ApiDocument document;

  /** One item path, the methods it answers and the references its GET answers with. */
  record ItemPath(
      CanonicalPath path, String parameter, Set<String> methods, Set<String> references) {
    boolean isReadable() {
      return methods.contains("GET");
    }

    boolean isMoreThanAttached() {
      return isReadable() || methods.contains("PUT") || methods.contains("PATCH");
    }
  }

  ItemPaths(ApiDocument document) {
    this.document = document;
    for (Operation operation : document.operations()) {
      CanonicalPath path = CanonicalPath.of(operation.path());
      if (path.isItem()) {
        ItemPath item =
            byKey.computeIfAbsent(
                path.key(),
                key ->
                    new ItemPath(
                        path, path.parameters().getLast(), new HashSet<>(), new HashSet<>()));
        item.methods().add(operation.method());
        if (operation.method().equals("GET")) {
          item.references().addAll(references(operation));
        }
      }
    }
  }

  /**
   * The references of the body and of each object directly in it: envelope or not, one is the item.
   */
  private Set<String> references(Operation operation) {
    Optional<JsonNode> schema = operation.success().schema();
    Set<String> references = new HashSet<>();
    if (schema.isPresent()) {
      var body = document.shapes().of(schema.get());
      references.addAll(body.references());
      body.properties()
          .values()
          .forEach(
              property -> {
                var shape = document.shapes().of(property);
                if (shape.isObject() && body.properties().size() <= 2) {
                  references.addAll(shape.references());
                }
              });
    }
    return references;
  }

  /** The references of a response's body and of the objects directly in it. */
  Set<String> responseReferences(DocumentedResponse response) {
    Set<String> references = new HashSet<>();
    response
        .schema()
        .ifPresent(
            schema -> {
              var body = document.shapes().of(schema);
              references.addAll(body.references());
              body.properties()
                  .values()
                  .forEach(
                      property -> references.addAll(document.shapes().of(property).references()));
            });
    return references;
  }

  Optional<ItemPath> get(String key) {
    return Optional.ofNullable(byKey.get(key));
  }

  boolean has(String key) {
    return byKey.containsKey(key);
  }

  List<ItemPath> all() {
    return List.copyOf(byKey.values());
  }

  /** Item paths elsewhere that could show what a collection makes, the most specific first. */
  List<ItemPath> elsewhere(CanonicalPath collection) {
    if (collection.parts().isEmpty() || collection.isItem()) {
      return List.of();
    }
    return byKey.values().stream()
        .filter(item -> !item.path().withoutLast().key().equals(collection.key()))
        .filter(item -> isSameCollection(item.path().withoutLast(), collection))
        .sorted(
            (first, second) ->
                Integer.compare(second.path().parts().size(), first.path().parts().size()))
        .toList();
  }

  private static boolean isSameCollection(CanonicalPath itemCollection, CanonicalPath collection) {
    return !itemCollection.parts().isEmpty()
        && !itemCollection.isItem()
        && Names.sameNoun(itemCollection.parts().getLast(), collection.parts().getLast())
        && itemCollection.withoutLast().isWithin(collection.withoutLast());
  }
}
