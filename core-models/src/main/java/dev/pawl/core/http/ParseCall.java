package dev.pawl.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Durations;
import dev.pawl.core.Refused;
import dev.pawl.core.Secrets;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of a request. */
final class ParseCall {
  /** A claim's lease has to outlive the request, and leases end at ten minutes. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x08\\x0a-\\x1f\\x7f]");
  private static final Set<String> OURS =
      Set.of("host", "content-length", "transfer-encoding", "connection", "upgrade", "expect");

  private final ObjectNode arguments;
  private final Map<String, String> headers = new HashMap<>();
  private final Map<String, String> credentials = new HashMap<>();

  private ParseCall(ObjectNode arguments) {
    this.arguments = arguments;
  }

  /**
   * Reads.
   *
   * @param timeout where the author gives none
   * @throws MethodException INVALID_ARGUMENTS
   */
  static HttpCall run(ObjectNode arguments, Duration timeout) throws MethodException {
    return new ParseCall(arguments).call(timeout);
  }

  private HttpCall call(Duration timeout) throws MethodException {
    String keyHeader = arguments.path("idempotencyKeyHeader").asText("Idempotency-Key");
    JsonNode body = body();
    sortHeaders(keyHeader);
    setDefault("Accept", "application/json, */*;q=0.8");
    if (body != null) {
      setDefault("Content-Type", isText() ? "text/plain; charset=utf-8" : "application/json");
    }
    Address address = Address.of("url", arguments.path("url").asText(), arguments.path("query"));
    return new HttpCall(
        arguments.path("method").asText("GET").toUpperCase(Locale.ROOT),
        address,
        headers,
        credentials,
        body,
        expected(),
        keyHeader,
        verify(),
        arguments.path("repeatable").asBoolean(),
        Durations.of(arguments, "timeout", timeout, LONGEST),
        comparable(address));
  }

  private boolean isText() {
    return arguments.hasNonNull("bodyText");
  }

  private @Nullable JsonNode body() throws MethodException {
    if (isText() && arguments.hasNonNull("body")) {
      throw Refused.arguments("give 'body' (JSON) or 'bodyText', not both");
    }
    if (isText()) {
      return arguments.get("bodyText");
    }
    return arguments.hasNonNull("body") ? arguments.get("body") : null;
  }

  private @Nullable Address verify() throws MethodException {
    return arguments.hasNonNull("verifyUrl")
        ? Address.of("verifyUrl", arguments.path("verifyUrl").asText(), Json.object())
        : null;
  }

  private void sortHeaders(String keyHeader) throws MethodException {
    if (!keyHeader.isEmpty() && !HEADER.matcher(keyHeader).matches()) {
      throw Refused.arguments("idempotencyKeyHeader '" + keyHeader + "' is no name of a header");
    }
    for (Map.Entry<String, JsonNode> each : arguments.path("headers").properties()) {
      String name = each.getKey();
      String value = each.getValue().asText();
      if (!HEADER.matcher(name).matches()) {
        throw Refused.arguments("headers has '" + name + "', which is no name of a header");
      }
      if (CONTROL.matcher(value).find()) {
        throw Refused.arguments("the header " + name + " holds a line break or control character");
      }
      if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
        throw Refused.arguments("the header " + name + " is set by Pawl; leave it out");
      }
      if (name.equalsIgnoreCase(keyHeader)) {
        throw Refused.arguments(
            "the header "
                + name
                + " carries Pawl's own key, the same for every try of one intent; leave it out, or"
                + " name another idempotencyKeyHeader");
      }
      (Secrets.isSecret(name) ? credentials : headers).put(name, value);
    }
  }

  private void setDefault(String name, String value) {
    if (headers.keySet().stream().noneMatch(name::equalsIgnoreCase)) {
      headers.put(name, value);
    }
  }

  private List<String> expected() {
    List<String> out = new ArrayList<>();
    arguments.path("expect").forEach(each -> out.add(each.asText().toLowerCase(Locale.ROOT)));
    return out.isEmpty() ? List.of("2xx") : out;
  }

  /** What says whether the author wants the same thing: not who asks, nor how it is waited for. */
  private ObjectNode comparable(Address address) throws MethodException {
    ObjectNode out = Json.object();
    out.put("method", arguments.path("method").asText("GET").toUpperCase(Locale.ROOT));
    out.put("url", address.shown().toString());
    ObjectNode shown = out.putObject("headers");
    arguments
        .path("headers")
        .properties()
        .forEach(
            each -> {
              if (!Secrets.isSecret(each.getKey())) {
                shown.set(each.getKey(), each.getValue());
              }
            });
    if (isText()) {
      out.set("bodyText", arguments.get("bodyText"));
    } else if (arguments.hasNonNull("body")) {
      out.set("body", Secrets.withoutSecrets(arguments.get("body")));
    }
    return out;
  }
}
