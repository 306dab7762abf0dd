package dev.pawl.core.http;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.core.Secrets;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an awaited answer has to hold besides its status: one value at one place, or nothing. */
final class WantedAnswer {
  /** As much of a value as is shown. */
  private static final int SHOWN = 80;

  private final @Nullable JsonPointer path;
  private final JsonNode value;
  private final List<String> secrets;

  private WantedAnswer(@Nullable JsonPointer path, JsonNode value, Collection<String> secrets) {
    this.path = path;
    this.value = value;
    this.secrets = List.copyOf(secrets);
  }

  /**
   * Reads {@code path} and {@code equals}.
   *
   * @param secrets that must not be shown, also where the answer repeats them
   * @throws MethodException INVALID_ARGUMENTS
   */
  static WantedAnswer of(ObjectNode arguments, Collection<String> secrets) throws MethodException {
    JsonNode path = arguments.path("path");
    if (arguments.has("path") != arguments.has("equals")) {
      throw Refused.arguments("'path' and 'equals' go together: give both, or neither");
    }
    if (path.isMissingNode()) {
      return new WantedAnswer(null, path, secrets);
    }
    try {
      return new WantedAnswer(
          JsonPointer.compile(path.asText()), arguments.path("equals"), secrets);
    } catch (IllegalArgumentException e) {
      throw Refused.arguments(
          "path '" + path.asText() + "' is no JSON pointer; write /status or /items/0/state");
    }
  }

  /** Why an answer of an expected status is not the wanted one; empty where it is. */
  Optional<String> differs(JsonNode output) {
    if (path == null) {
      return Optional.empty();
    }
    if (!output.has("body")) {
      return Optional.of("the answer is no JSON");
    }
    JsonNode found = output.path("body").at(path);
    if (same(found, value)) {
      return Optional.empty();
    }
    return Optional.of(path + (found.isMissingNode() ? " is missing" : " is " + shown(found)));
  }

  /** What is waited for. */
  String words() {
    return path == null ? "the wanted answer" : path + " = " + shown(value);
  }

  /** The same number is the same however it is written. */
  private static boolean same(JsonNode one, JsonNode other) {
    return one.isNumber() && other.isNumber()
        ? one.decimalValue().compareTo(other.decimalValue()) == 0
        : one.equals(other);
  }

  private String shown(JsonNode of) {
    if (path != null && path.last() != null && Secrets.isSecret(path.last().toString())) {
      return Secrets.MASK;
    }
    String text = Secrets.scrub(Json.write(Secrets.withoutSecrets(of)), secrets);
    return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
  }
}
