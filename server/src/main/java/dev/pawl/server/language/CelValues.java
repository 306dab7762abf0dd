package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.NullValue;
import dev.pawl.server.language.LazyMap.Misses;
import java.util.LinkedHashSet;

/** JSON as CEL sees it. Maps and lists are views, so nothing is copied that is not looked at. */
final class CelValues {
  private final Misses misses;

  CelValues(Misses misses) {
    this.misses = misses;
  }

  /**
   * @throws IllegalArgumentException for a number that CEL can't hold exactly
   */
  Object of(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> value.textValue();
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> number(value);
      case OBJECT -> map(value);
      case ARRAY -> new LazyList(value, this::of);
      default -> NullValue.NULL_VALUE;
    };
  }

  private LazyMap map(JsonNode object) {
    var keys = new LinkedHashSet<String>();
    object.fieldNames().forEachRemaining(keys::add);
    return new LazyMap(keys, key -> of(object.get(key)), misses, object);
  }

  private static Object number(JsonNode value) {
    if (!value.isIntegralNumber()) {
      return value.doubleValue();
    }
    if (value.canConvertToLong()) {
      return value.longValue();
    }
    if (value.bigIntegerValue().signum() > 0 && value.bigIntegerValue().bitLength() <= 64) {
      return UnsignedLong.valueOf(value.bigIntegerValue());
    }
    throw new IllegalArgumentException(
        "the number " + Words.cut(value.asText()) + " needs more than the 64 bits of expressions");
  }
}
