package dev.pawl.server.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NumericNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * JSON that {@code jsonb} gives back as it took it, to the letter: members by the length of their
 * names, then by their bytes; numbers without trailing zeros, whole ones without an exponent. So
 * whoever sees a value before it was stored, and whoever reads it, see the same.
 */
public final class AsStored {
  private static final JsonNodeFactory NODES = Json.mapper().getNodeFactory();

  /** What has more digits is left as it is. */
  private static final int MOST_DIGITS = 1_000;

  private static final Comparator<String> BY_LENGTH_AND_BYTES =
      Comparator.<String>comparingLong(Utf8::length)
          .thenComparing(name -> name.getBytes(UTF_8), Arrays::compareUnsigned);

  private AsStored() {}

  /** An object, as it is stored. */
  public static ObjectNode object(ObjectNode value) {
    List<Map.Entry<String, JsonNode>> members = new ArrayList<>(value.properties());
    members.sort(Map.Entry.comparingByKey(BY_LENGTH_AND_BYTES));
    ObjectNode out = Json.object();
    members.forEach(each -> out.set(each.getKey(), of(each.getValue())));
    return out;
  }

  /** A value, as it is stored. */
  public static JsonNode of(JsonNode value) {
    if (value instanceof ObjectNode object) {
      return object(object);
    }
    if (value instanceof ArrayNode array) {
      ArrayNode out = NODES.arrayNode(array.size());
      array.forEach(each -> out.add(of(each)));
      return out;
    }
    return value instanceof NumericNode number && number.isFloatingPointNumber() && !number.isNaN()
        ? number(number)
        : value;
  }

  private static JsonNode number(NumericNode value) {
    BigDecimal exact = new BigDecimal(value.asText());
    BigDecimal number = exact.signum() == 0 ? BigDecimal.ZERO : exact.stripTrailingZeros();
    if (number.scale() > 0) {
      return DecimalNode.valueOf(number);
    }
    return number.precision() - (long) number.scale() > MOST_DIGITS
        ? value
        : integer(number.toBigIntegerExact());
  }

  private static JsonNode integer(BigInteger number) {
    if (number.bitLength() < Integer.SIZE) {
      return NODES.numberNode(number.intValue());
    }
    return number.bitLength() < Long.SIZE
        ? NODES.numberNode(number.longValue())
        : NODES.numberNode(number);
  }
}
