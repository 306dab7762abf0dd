package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Names;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Values for fields that nobody gave a value to. */
final class Scalars {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private Scalars() {}

  /**
   * A value the schema allows, chosen by its default, its choices, its format and the field's name.
   */
  static JsonNode invent(String name, Shape shape, Instant now) {
    JsonNode given = shape.keywords().path("default");
    if (!given.isMissingNode() && !given.isNull()) {
      return coerce(given, shape);
    }
    if (!shape.choices().isEmpty()) {
      return shape.choices().getFirst();
    }
    return switch (shape.type()) {
      case "boolean" -> NODES.booleanNode(false);
      case "integer" -> integer(name, shape, now);
      case "number" -> NODES.numberNode(minimum(shape));
      case "string" -> NODES.textNode(text(name, shape, now));
      default -> NODES.nullNode();
    };
  }

  static boolean isTime(String name, Shape shape) {
    String format = shape.format();
    return format.startsWith("date")
        || format.equals("unix-time")
        || (Names.plain(name).endsWith("at") && name.length() > 3 && isPast(name));
  }

  /** Names of moments that have come for everything that exists. */
  static boolean isPast(String name) {
    String plain = Names.plain(name);
    return isChange(name) || plain.contains("creat") || plain.contains("start");
  }

  static boolean isChange(String name) {
    String plain = Names.plain(name);
    return plain.contains("updat") || plain.contains("modif");
  }

  private static JsonNode integer(String name, Shape shape, Instant now) {
    boolean seconds = shape.format().equals("unix-time") || isPast(name);
    return NODES.numberNode(
        seconds ? BigDecimal.valueOf(now.getEpochSecond()) : minimum(shape).stripTrailingZeros());
  }

  private static BigDecimal minimum(Shape shape) {
    JsonNode minimum = shape.keywords().path("minimum");
    return minimum.isNumber() ? minimum.decimalValue() : BigDecimal.ZERO;
  }

  private static String text(String name, Shape shape, Instant now) {
    String plain = Names.plain(name);
    Instant moment = plain.contains("expir") ? now.plus(Duration.ofDays(365)) : now;
    String value =
        switch (shape.format()) {
          case "date-time" -> moment.truncatedTo(ChronoUnit.SECONDS).toString();
          case "date" -> moment.atZone(ZoneOffset.UTC).toLocalDate().toString();
          case "date-time-rfc-2822" ->
              DateTimeFormatter.RFC_1123_DATE_TIME.format(moment.atZone(ZoneOffset.UTC));
          case "uuid" -> UUID.randomUUID().toString();
          case "email" -> "someone@example.com";
          case "uri", "url" -> "https://example.com/" + plain;
          case "hostname" -> plain + ".example.com";
          case "ipv4", "ip" -> "192.0.2.1";
          case "ipv6" -> "2001:db8::1";
          case "byte", "binary" -> "";
          default -> named(plain, shape, moment);
        };
    return sized(value, shape);
  }

  private static String named(String plain, Shape shape, Instant now) {
    if (plain.equals("ip") || plain.endsWith("ipaddress") || plain.equals("ipv4")) {
      return "192.0.2.1";
    }
    if (plain.endsWith("fingerprint")) {
      return PatternText.hex(32).replaceAll("(..)(?!$)", "$1:");
    }
    if (plain.equals("ipv6")) {
      return "2001:db8::1";
    }
    String pattern = shape.keywords().path("pattern").asText("");
    if (!pattern.isEmpty()) {
      return PatternText.matching(pattern);
    }
    if (plain.endsWith("at") && isPast(plain)) {
      return now.truncatedTo(ChronoUnit.SECONDS).toString();
    }
    if (plain.equals("id") || plain.endsWith("uuid") || plain.endsWith("guid")) {
      return UUID.randomUUID().toString();
    }
    return plain.endsWith("url") ? "https://example.com/" + plain : plain;
  }

  private static String sized(String value, Shape shape) {
    int min = shape.keywords().path("minLength").asInt(0);
    int max = shape.keywords().path("maxLength").asInt(Integer.MAX_VALUE);
    String padded = value.length() < min ? value + "x".repeat(min - value.length()) : value;
    return padded.length() > max && max > 0 ? padded.substring(0, max) : padded;
  }

  /**
   * A given value in the schema's type: forms and paths hold nothing but text. Missing if it can't
   * be.
   */
  static JsonNode coerce(JsonNode value, Shape shape) {
    if (value.isNull() || value.isMissingNode()) {
      return value;
    }
    String text = value.asText();
    return switch (shape.type()) {
      case "integer" ->
          value.isIntegralNumber()
              ? value
              : text.matches("-?\\d{1,18}")
                  ? NODES.numberNode(Long.parseLong(text))
                  : MissingNode.getInstance();
      case "number" ->
          value.isNumber()
              ? value
              : text.matches("-?\\d+(?:\\.\\d+)?")
                  ? NODES.numberNode(new BigDecimal(text))
                  : MissingNode.getInstance();
      case "boolean" ->
          value.isBoolean()
              ? value
              : text.matches("true|false")
                  ? NODES.booleanNode(Boolean.parseBoolean(text))
                  : MissingNode.getInstance();
      case "string" -> value.isValueNode() ? NODES.textNode(text) : MissingNode.getInstance();
      default -> value;
    };
  }
}
