package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pawl.sandbox.document.JsonText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A request's body by its content type; without one, by its looks. */
final class Bodies {
  private Bodies() {}

  /** A body that says it is JSON and isn't. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  /** Missing when empty; text when it is neither JSON nor a form. */
  static JsonNode parse(String contentType, byte[] bytes) throws Malformed {
    if (new String(bytes, StandardCharsets.UTF_8).isBlank()) {
      return MissingNode.getInstance();
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    if (type.contains("x-www-form-urlencoded")) {
      return looksLikeJson(bytes) ? either(bytes) : Forms.parse(text(bytes));
    }
    if (type.contains("multipart/form-data")) {
      return Multiparts.parse(contentType, bytes);
    }
    if (type.contains("json")) {
      return json(bytes);
    }
    return either(bytes);
  }

  /** curl sends {@code -d '{…}'} as a form unless told otherwise. */
  private static boolean looksLikeJson(byte[] bytes) {
    String start = text(bytes).stripLeading();
    return start.startsWith("{") || start.startsWith("[");
  }

  private static JsonNode json(byte[] bytes) throws Malformed {
    try {
      return JsonText.parse(bytes);
    } catch (IOException e) {
      String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw new Malformed("The request body is not JSON: " + reason);
    }
  }

  private static JsonNode either(byte[] bytes) {
    try {
      return JsonText.parse(bytes);
    } catch (IOException e) {
      return JsonNodeFactory.instance.textNode(text(bytes));
    }
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
