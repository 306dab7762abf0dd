package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Names;
import java.util.HashMap;
import java.util.Map;

/** Chooses among the branches of {@code oneOf} and {@code anyOf} the one that fits a value. */
final class Variants {
  private static final int MAX_NESTED = 5;

  private final Shapes shapes;

  Variants(Shapes shapes) {
    this.shapes = shapes;
  }

  /** The schema with one branch merged in; the first of those that fit equally well. */
  Shape choose(Shape shape, JsonNode value) {
    Shape chosen = shape;
    for (int i = 0; i < MAX_NESTED && !chosen.variants().isEmpty(); i++) {
      chosen = shapes.with(chosen, best(chosen, value));
    }
    return chosen;
  }

  private JsonNode best(Shape shape, JsonNode value) {
    JsonNode best = shape.variants().getFirst();
    int bestScore = Integer.MIN_VALUE;
    for (JsonNode variant : shape.variants()) {
      int score = score(shapes.of(variant), value);
      if (score > bestScore) {
        best = variant;
        bestScore = score;
      }
    }
    return best;
  }

  private int score(Shape variant, JsonNode value) {
    boolean tellsOfDeletion = variant.properties().containsKey("deleted") && !value.has("deleted");
    int score = tellsOfDeletion ? -50 : 0;
    if (value.isMissingNode() || value.isNull()) {
      return score;
    }
    boolean sameType =
        variant.type().isEmpty()
            || (value.isObject() && (variant.isObject() || !variant.variants().isEmpty()))
            || (value.isArray() && variant.isArray())
            || (value.isValueNode()
                && !Scalars.coerce(value, variant).isMissingNode()
                && variant.isScalar());
    if (!sameType) {
      return score - 100;
    }
    return value.isObject() ? score + fields(variant, value) : score;
  }

  private int fields(Shape variant, JsonNode value) {
    Map<String, JsonNode> given = new HashMap<>();
    value.properties().forEach(field -> given.put(Names.plain(field.getKey()), field.getValue()));
    int score = 0;
    for (Map.Entry<String, JsonNode> property : variant.properties().entrySet()) {
      JsonNode one = given.get(Names.plain(property.getKey()));
      if (one != null) {
        score += agreement(shapes.of(property.getValue()), one);
      } else if (variant.required().contains(property.getKey())) {
        score -= 1;
      }
    }
    return score;
  }

  private static int agreement(Shape property, JsonNode value) {
    if (!property.choices().isEmpty() && value.isValueNode()) {
      boolean chosen =
          property.choices().stream().anyMatch(choice -> choice.asText().equals(value.asText()));
      return chosen ? 4 : -10;
    }
    boolean clash =
        (property.isArray() && value.isObject()) || (property.isObject() && value.isArray());
    return clash ? -2 : 2;
  }
}
