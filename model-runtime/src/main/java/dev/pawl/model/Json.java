package dev.pawl.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** JSON as Pawl reads, writes and fingerprints it. */
public final class Json {
  /** The longest number, in characters once it is written without an exponent. */
  public static final int LONGEST_NUMBER = 1_000;

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .nodeFactory(new ShortNumbers())
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .build();

  static {
    MAPPER
        .getFactory()
        .setStreamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(500).build());
  }

  private Json() {}

  /**
   * Jackson limits a number's text. PostgreSQL keeps numbers without exponents, so that the few
   * characters of 1e100000 would come back as 100,001.
   */
  private static final class ShortNumbers extends JsonNodeFactory {
    private static final long serialVersionUID = 1;

    @Override
    public ValueNode numberNode(@Nullable BigDecimal value) {
      if (value != null) {
        long whole = Math.max(1, value.precision() - (long) value.scale());
        long length = whole + (value.scale() > 0 ? 1L + value.scale() : 0);
        if (length + (value.signum() < 0 ? 1 : 0) > LONGEST_NUMBER) {
          throw new IllegalArgumentException(
              "a number has %,d characters when it is written without an exponent; the limit is %,d"
                  .formatted(length, LONGEST_NUMBER));
        }
      }
      return super.numberNode(value);
    }
  }

  /** The mapper that all of Pawl shares; do not configure it. */
  public static ObjectMapper mapper() {
    return MAPPER;
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /**
   * Reads one JSON document.
   *
   * @throws IllegalArgumentException naming the place when the text is not JSON, or a number in it
   *     is longer than {@link #LONGEST_NUMBER}
   */
  public static JsonNode parse(String text) {
    try {
      return MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  /** Writes compact JSON. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getMessage(), e);
    }
  }

  /** The same JSON with all object keys sorted, for comparing and hashing. */
  public static JsonNode canonical(JsonNode value) {
    if (value.isObject()) {
      var sorted = new TreeMap<String, JsonNode>();
      value.properties().forEach(e -> sorted.put(e.getKey(), canonical(e.getValue())));
      ObjectNode out = MAPPER.createObjectNode();
      sorted.forEach(out::set);
      return out;
    }
    if (value.isArray()) {
      var out = MAPPER.createArrayNode();
      value.forEach(v -> out.add(canonical(v)));
      return out;
    }
    return value;
  }

  /** SHA-256 over the canonical form, in lower-case hex. */
  public static String fingerprint(JsonNode value) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(write(canonical(value)).getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
