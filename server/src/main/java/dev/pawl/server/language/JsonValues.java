package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** CEL's values as JSON, up to a size. */
final class JsonValues {
  private long budget = Limits.VALUE_BYTES;

  private JsonValues() {}

  /**
   * @throws IllegalArgumentException for a value JSON can't hold
   * @throws LimitExceeded when it is larger than an expression may give
   */
  static JsonNode of(Object value) {
    return new JsonValues().convert(value);
  }

  static JsonNode integer(long value) {
    return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
  }

  private JsonNode convert(Object value) {
    spend(8);
    return switch (value) {
      case NullValue n -> NullNode.getInstance();
      case String text -> text(text);
      case Boolean bool -> BooleanNode.valueOf(bool);
      case Long number -> integer(number);
      case Integer number -> IntNode.valueOf(number);
      case UnsignedLong number -> BigIntegerNode.valueOf(number.bigIntegerValue());
      case Double number -> decimal(number);
      case Instant instant -> text(instant.toString());
      case Duration duration -> text(seconds(duration));
      case LazyMap lazy -> lazy.json() == null ? map(lazy) : same(lazy.json());
      case LazyList lazy -> same(lazy.json());
      case Map<?, ?> map -> map(map);
      case Iterable<?> list -> list(list);
      default ->
          throw new IllegalArgumentException(
              "the value is nothing JSON can hold; base64.encode() turns bytes into text");
    };
  }

  /** What was looked up and not changed stays as it was, numbers of any size too. */
  private JsonNode same(JsonNode json) {
    spend(Utf8.lengthOfJson(json));
    return json;
  }

  private JsonNode text(String text) {
    spend(Utf8.length(text));
    return TextNode.valueOf(text);
  }

  private static JsonNode decimal(double number) {
    if (Double.isNaN(number) || Double.isInfinite(number)) {
      throw new IllegalArgumentException("the value is " + number + ", which JSON can't hold");
    }
    return DecimalNode.valueOf(BigDecimal.valueOf(number));
  }

  private static String seconds(Duration duration) {
    BigDecimal seconds =
        BigDecimal.valueOf(duration.getSeconds()).add(BigDecimal.valueOf(duration.getNano(), 9));
    return seconds.stripTrailingZeros().toPlainString() + "s";
  }

  private JsonNode map(Map<?, ?> map) {
    ObjectNode out = Json.object();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String key = String.valueOf(entry.getKey());
      spend(Utf8.length(key));
      out.set(key, convert(entry.getValue()));
    }
    return out;
  }

  private JsonNode list(Iterable<?> list) {
    ArrayNode out = Json.mapper().createArrayNode();
    for (Object item : list) {
      out.add(convert(item));
    }
    return out;
  }

  private void spend(long bytes) {
    budget -= bytes;
    if (budget < 0) {
      throw new LimitExceeded(
          "expression value size",
          "the value is larger than "
              + Limits.VALUE_BYTES
              + " bytes (1 MiB), the most an expression gives; pass less of it");
    }
  }
}
