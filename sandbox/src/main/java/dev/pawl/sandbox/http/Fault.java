package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.PathTemplate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** What goes wrong with the requests that match. */
record Fault(String method, PathTemplate path, Kind kind, int times) {

  /** The ways to go wrong, each with what it needs. */
  sealed interface Kind {
    /** The request is handled; the connection is closed instead of an answer. */
    record DropAfterCommit() implements Kind {}

    /** The connection is closed; nothing is handled. */
    record DropBeforeCommit() implements Kind {}

    /** The request is handled after a wait, even if the client has gone by then. */
    record Delay(Duration delay) implements Kind {}

    /** This answer is given; nothing is handled. */
    record Status(int status, String body, String contentType) implements Kind {}
  }

  /** The JSON is no fault; the message names the field. */
  static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    Malformed(String message) {
      super(message);
    }
  }

  private static final List<String> KINDS =
      List.of("drop-after-commit", "drop-before-commit", "delay", "status");
  private static final List<String> FIELDS =
      List.of("match", "fault", "status", "body", "contentType", "delayMs", "times");
  private static final int MAX_DELAY_MS = 3_600_000;

  Fault {
    Objects.requireNonNull(method);
    Objects.requireNonNull(path);
    Objects.requireNonNull(kind);
  }

  static Fault parse(JsonNode json) throws Malformed {
    if (!json.isObject()) {
      throw new Malformed("The body must be a JSON object with the fields " + FIELDS + ".");
    }
    for (var field : json.properties()) {
      if (!FIELDS.contains(field.getKey())) {
        throw new Malformed(
            "The field " + field.getKey() + " is unknown; a fault has " + FIELDS + ".");
      }
    }
    List<String> match = Arrays.asList(text(json, "match").strip().split("\\s+"));
    if (match.size() != 2 || !match.get(1).startsWith("/")) {
      throw new Malformed(
          "The field match must be a method and a path, such as \"POST /v2/droplets/{}\".");
    }
    String template = match.get(1).replace("{}", "{any}").split("\\?", 2)[0];
    return new Fault(
        match.get(0).toUpperCase(Locale.ROOT),
        PathTemplate.of(template),
        kind(json),
        number(json, "times", 1, 1, Integer.MAX_VALUE));
  }

  private static Kind kind(JsonNode json) throws Malformed {
    return switch (text(json, "fault")) {
      case "drop-after-commit" -> new Kind.DropAfterCommit();
      case "drop-before-commit" -> new Kind.DropBeforeCommit();
      case "delay" ->
          new Kind.Delay(Duration.ofMillis(number(json, "delayMs", 0, 0, MAX_DELAY_MS)));
      case "status" -> status(json);
      default ->
          throw new Malformed("The field fault must be one of " + String.join(", ", KINDS) + ".");
    };
  }

  private static Kind status(JsonNode json) throws Malformed {
    JsonNode body = json.path("body");
    int status = number(json, "status", 500, 200, 599);
    String text =
        body.isTextual()
            ? body.asText()
            : body.isMissingNode() || body.isNull()
                ? "{\"id\":\"fault\",\"message\":\"A fault armed for this request answered "
                    + status
                    + ".\"}"
                : body.toString();
    JsonNode type = json.path("contentType");
    if (!type.isMissingNode() && !type.isNull() && !type.isTextual()) {
      throw new Malformed("The field contentType must be text.");
    }
    return new Kind.Status(
        status, text, type.asText("").isEmpty() ? "application/json" : type.asText());
  }

  private static String text(JsonNode json, String field) throws Malformed {
    if (!json.path(field).isTextual()) {
      throw new Malformed("The field " + field + " is required and must be text.");
    }
    return json.path(field).asText();
  }

  private static int number(JsonNode json, String field, int usual, int min, int max)
      throws Malformed {
    JsonNode value = json.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return usual;
    }
    if (!value.isInt() || value.asInt() < min || value.asInt() > max) {
      throw new Malformed(
          "The field " + field + " must be a number from " + min + " to " + max + ".");
    }
    return value.asInt();
  }

  boolean matches(String requestMethod, List<String> rawParts) {
    return (method.equals("*") || method.equals(requestMethod)) && path.match(rawParts).isPresent();
  }

  Fault withTimes(int left) {
    return new Fault(method, path, kind, left);
  }

  ObjectNode toJson() {
    ObjectNode json = JsonText.object();
    String segments =
        PathTemplate.parts(path.text()).stream().collect(Collectors.joining("/", "/", ""));
    json.put("match", method + " " + segments.replace("{any}", "{}"));
    switch (kind) {
      case Kind.DropAfterCommit drop -> json.put("fault", "drop-after-commit");
      case Kind.DropBeforeCommit drop -> json.put("fault", "drop-before-commit");
      case Kind.Delay delay -> json.put("fault", "delay").put("delayMs", delay.delay().toMillis());
      case Kind.Status status ->
          json.put("fault", "status")
              .put("status", status.status())
              .put("body", status.body())
              .put("contentType", status.contentType());
    }
    return json.put("times", times);
  }
}
