package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;

/** How messages speak of JSON values. */
final class Words {
  private static final int LONGEST = 40;

  private Words() {}

  /** The value's kind and, where it is short, the value: {@code a number (1)}. */
  static String kind(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "a text ('" + cut(value.textValue()) + "')";
      case NUMBER ->
          (value.isIntegralNumber() ? "a whole number (" : "a number (")
              + cut(value.asText())
              + ")";
      case BOOLEAN -> value.asText();
      case ARRAY -> "a list";
      case OBJECT -> "a map";
      default -> "null";
    };
  }

  static String cut(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
