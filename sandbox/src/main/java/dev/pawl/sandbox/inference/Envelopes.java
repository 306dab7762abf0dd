package dev.pawl.sandbox.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds where in a response an item, or the list of items, is. */
public final class Envelopes {
  /** The property that stands for "no envelope: the body itself". */
  public static final String BODY = "";

  private static final Set<String> LIST_NAMES =
      Set.of("data", "items", "results", "result", "records", "entries", "list", "values", "value");

  private final Shapes shapes;

  public Envelopes(Shapes shapes) {
    this.shapes = shapes;
  }

  /** An item inside a response: the property that holds it, and the field that is its key. */
  public record Item(String property, Shape shape, Optional<KeyField> key) {}

  /** A list inside a response. */
  public record Items(String property, JsonNode itemSchema) {}

  /** Properties of a schema and of all its variants. */
  public Map<String, JsonNode> allProperties(Shape shape) {
    Map<String, JsonNode> all = new LinkedHashMap<>(shape.properties());
    for (JsonNode variant : shape.variants()) {
      allProperties(shapes.of(variant)).forEach(all::putIfAbsent);
    }
    return all;
  }

  /** The likeliest place of an item of the kind; empty when the body has nothing like one. */
  public Optional<Item> item(JsonNode schema, ResourceKind kind, Set<String> requestFields) {
    Shape root = shapes.of(schema);
    Item best = describe(BODY, flattened(root), kind);
    int bestScore = rootScore(root, best, kind, requestFields);
    for (Map.Entry<String, JsonNode> property : allProperties(root).entrySet()) {
      Shape shape = shapes.of(property.getValue());
      if (shape.isObject() || !shape.variants().isEmpty()) {
        Item candidate = describe(property.getKey(), flattened(shape), kind);
        int score = score(candidate, kind, requestFields);
        if (Names.sameNoun(property.getKey(), kind.noun())) {
          score += 6;
        }
        if (score > bestScore) {
          best = candidate;
          bestScore = score;
        }
      }
    }
    return bestScore > 0 ? Optional.of(best) : Optional.empty();
  }

  private Item describe(String property, Shape shape, ResourceKind kind) {
    return new Item(
        property, shape, KeyField.find(shapes, shape, kind.keyParameter(), kind.noun()));
  }

  private int rootScore(Shape root, Item item, ResourceKind kind, Set<String> requestFields) {
    boolean wrapsOneObject =
        item.shape().properties().size() == 1
            && shapes.of(item.shape().properties().values().iterator().next()).isObject();
    int score = score(item, kind, requestFields);
    boolean wholeItem = !Collections.disjoint(root.references(), kind.references());
    if (wrapsOneObject && !wholeItem) {
      return score - 3;
    }
    // A body with the key in it is the item, even where one of its fields is named like the item.
    return item.key().map(key -> score + (key.certain() ? 4 : 2)).orElse(score);
  }

  private int score(Item item, ResourceKind kind, Set<String> requestFields) {
    int score = 0;
    if (!Collections.disjoint(item.shape().references(), kind.references())) {
      score += 4;
    }
    if (item.key().isPresent()) {
      score += item.key().get().certain() ? 3 : 1;
    }
    if (!requestFields.isEmpty()) {
      long shared =
          item.shape().properties().keySet().stream()
              .filter(name -> requestFields.contains(Names.plain(name)))
              .count();
      score += (int) Math.round(3.0 * shared / requestFields.size());
    }
    return score;
  }

  private Shape flattened(Shape shape) {
    if (shape.variants().isEmpty()) {
      return shape;
    }
    return new Shape(
        "object",
        allProperties(shape),
        shape.required(),
        shape.items(),
        shape.variants(),
        shape.references(),
        shape.keywords());
  }

  /** The key of an item that has this schema. */
  public Optional<KeyField> key(JsonNode itemSchema, ResourceKind kind) {
    return KeyField.find(
        shapes, flattened(shapes.of(itemSchema)), kind.keyParameter(), kind.noun());
  }

  /** The fields of an item that has this schema, those of its variants with them. */
  public Shape shape(JsonNode itemSchema) {
    return flattened(shapes.of(itemSchema));
  }

  /** The likeliest list of items; {@code noun} and {@code references} help to choose. */
  public Optional<Items> items(JsonNode schema, String noun, Set<String> references) {
    Shape root = shapes.of(schema);
    if (root.isArray()) {
      return root.items().map(items -> new Items(BODY, items));
    }
    Items best = null;
    int bestScore = Integer.MIN_VALUE;
    for (Map.Entry<String, JsonNode> property : allProperties(root).entrySet()) {
      Shape shape = shapes.of(property.getValue());
      if (!shape.isArray() || shape.items().isEmpty()) {
        continue;
      }
      int score = listScore(property.getKey(), shapes.of(shape.items().get()), noun, references);
      if (score > bestScore) {
        best = new Items(property.getKey(), shape.items().get());
        bestScore = score;
      }
    }
    return Optional.ofNullable(best);
  }

  private static int listScore(String name, Shape item, String noun, Set<String> references) {
    int score = 0;
    if (!noun.isEmpty() && Names.sameNoun(name, noun)) {
      score += 4;
    }
    if (LIST_NAMES.contains(Names.plain(name))) {
      score += 3;
    }
    if (!Collections.disjoint(item.references(), references)) {
      score += 4;
    }
    return item.isScalar() ? score - 2 : score;
  }
}
