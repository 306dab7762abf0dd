package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of one map in a file. Wrong ones are reported and then read as absent, so that
 * reading goes on and finds the rest; {@link #close} reports those nobody asked for.
 */
final class Fields {
  private final Problems problems;
  private final Path path;
  private final ObjectNode node;
  private final Shape shape;
  private final SequencedSet<String> asked = new LinkedHashSet<>();

  /** Whether there is a map to have fields; where not, that is said once and is enough. */
  private enum Shape {
    MAP,
    OTHER
  }

  private Fields(Problems problems, Path path, ObjectNode node, Shape shape) {
    this.problems = problems;
    this.path = path;
    this.node = node;
    this.shape = shape;
  }

  static Fields of(Problems problems, Path path, JsonNode value) {
    if (value instanceof ObjectNode object) {
      return new Fields(problems, path, object, Shape.MAP);
    }
    problems.at(path, "must be a map, is " + Words.kind(value));
    return new Fields(problems, path, Json.object(), Shape.OTHER);
  }

  Path path() {
    return path;
  }

  Path path(String field) {
    return path.key(field);
  }

  boolean has(String field) {
    asked.add(field);
    return node.has(field);
  }

  @Nullable JsonNode any(String field) {
    asked.add(field);
    return node.get(field);
  }

  void missing(String field, String what) {
    if (shape == Shape.MAP) {
      problems.atKey(path, "'" + field + "' is missing: " + what);
    }
  }

  @Nullable String text(String field) {
    JsonNode value = any(field);
    if (value == null) {
      return null;
    }
    if (!value.isTextual()) {
      problems.at(
          path.key(field),
          "must be a text, is " + Words.kind(value) + (value.isValueNode() ? "; quote it" : ""));
      return null;
    }
    return value.textValue();
  }

  boolean flag(String field) {
    JsonNode value = any(field);
    if (value != null && !value.isBoolean()) {
      problems.at(path.key(field), "must be true or false, is " + Words.kind(value));
      return false;
    }
    return value != null && value.booleanValue();
  }

  int integer(String field, int min, int max, int defaultValue) {
    JsonNode value = any(field);
    if (value == null) {
      return defaultValue;
    }
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < min
        || value.intValue() > max) {
      problems.at(
          path.key(field),
          "must be a whole number from " + min + " to " + max + ", is " + Words.kind(value));
      return defaultValue;
    }
    return value.intValue();
  }

  double number(String field, double min, double max, double defaultValue) {
    JsonNode value = any(field);
    if (value == null) {
      return defaultValue;
    }
    if (!value.isNumber() || value.doubleValue() < min || value.doubleValue() > max) {
      String range =
          new BigDecimal(min).toPlainString() + " to " + new BigDecimal(max).toPlainString();
      problems.at(path.key(field), "must be a number from " + range + ", is " + Words.kind(value));
      return defaultValue;
    }
    return value.doubleValue();
  }

  @Nullable Duration duration(String field) {
    JsonNode value = any(field);
    if (value == null) {
      return null;
    }
    try {
      return Durations.parse(value);
    } catch (IllegalArgumentException e) {
      problems.at(path.key(field), String.valueOf(e.getMessage()));
      return null;
    }
  }

  /** A text, or a list of texts, with the path of each. */
  Map<String, Path> texts(String field) {
    var found = new LinkedHashMap<String, Path>();
    JsonNode value = any(field);
    if (value == null) {
      return found;
    }
    Path list = path.key(field);
    if (value.isTextual()) {
      found.put(value.textValue(), list);
      return found;
    }
    if (!value.isArray()) {
      problems.at(list, "must be a text or a list of texts, is " + Words.kind(value));
      return found;
    }
    for (int i = 0; i < value.size(); i++) {
      JsonNode item = value.get(i);
      if (!item.isTextual()) {
        problems.at(list.index(i), "must be a text, is " + Words.kind(item));
      } else if (found.putIfAbsent(item.textValue(), list.index(i)) != null) {
        problems.at(list.index(i), "'" + item.textValue() + "' is listed twice");
      }
    }
    return found;
  }

  <T> @Nullable T choice(String field, Map<String, T> choices) {
    String value = text(field);
    if (value == null) {
      return null;
    }
    T chosen = choices.get(value);
    if (chosen == null) {
      problems.at(
          path.key(field),
          "'" + value + "' is not one of " + String.join(", ", choices.keySet()),
          value,
          choices.keySet());
    }
    return chosen;
  }

  @Nullable Fields map(String field) {
    JsonNode value = any(field);
    return value == null ? null : of(problems, path.key(field), value);
  }

  /** Every field as it stands, when all names are the file's own. */
  ObjectNode all() {
    node.fieldNames().forEachRemaining(asked::add);
    return node;
  }

  /** Reports the fields nobody asked for. */
  void close() {
    for (var entry : node.properties()) {
      if (!asked.contains(entry.getKey())) {
        problems.atKey(
            path.key(entry.getKey()),
            "unknown field '" + entry.getKey() + "'" + listed(entry.getKey()),
            entry.getKey(),
            asked);
      }
    }
  }

  private String listed(String unknown) {
    return Suggestion.nearest(unknown, asked).isPresent()
        ? ""
        : "; known are " + String.join(", ", asked);
  }
}
