package dev.pawl.core.http;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A request as its author wants it.
 *
 * @param method HTTP method, upper case
 * @param headers that may be stored and shown
 * @param credentials headers that may not
 * @param body JSON, or the text of {@code bodyText}; null for none
 * @param expect statuses that count as success; {@code 2xx} stands for a hundred
 * @param keyHeader the header that carries the idempotency key; empty for none
 * @param verify where to see whether the effect has happened; null where that cannot be seen
 * @param repeatable whether the author says that the server does the same thing once however often
 *     it is asked with one key
 * @param timeout for the whole exchange
 * @param comparable the arguments without credentials: stored, compared and shown
 */
record HttpCall(
    String method,
    Address address,
    Map<String, String> headers,
    Map<String, String> credentials,
    @Nullable JsonNode body,
    List<String> expect,
    String keyHeader,
    @Nullable Address verify,
    boolean repeatable,
    Duration timeout,
    ObjectNode comparable) {
  private static final Set<String> CHANGES = Set.of("PUT", "PATCH");

  HttpCall {
    requireNonNull(method, "method");
    requireNonNull(address, "address");
    headers = Map.copyOf(headers);
    credentials = Map.copyOf(credentials);
    expect = List.copyOf(expect);
    requireNonNull(keyHeader, "keyHeader");
    requireNonNull(timeout, "timeout");
    requireNonNull(comparable, "comparable");
  }

  boolean expects(int status) {
    return expect.contains(Integer.toString(status)) || expect.contains(status / 100 + "xx");
  }

  /** Whether it makes what was not there, and not changes or removes what may have been. */
  boolean makes() {
    return !removes() && !CHANGES.contains(method);
  }

  /** Whether its effect is that something is gone. */
  boolean removes() {
    return method.equals("DELETE");
  }

  /** Every value that must not be shown. */
  Collection<String> secrets() {
    List<String> out = new ArrayList<>(credentials.values());
    out.addAll(address.secretValues());
    if (verify != null) {
      out.addAll(verify.secretValues());
    }
    return out;
  }
}
