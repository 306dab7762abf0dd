package dev.pawl.core.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.Pacer;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.Intent;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.http.HttpConnection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts requests on the wire: each once, without redirects, an effect on a connection of its own.
 */
final class Transport {
  private final Connection connection;

  Transport() {
    // Every request says in full where it goes and who asks, so the connection's own address is
    // never used.
    this.connection =
        new HttpConnection(
            new ConnectionSettings(
                "http", "http://unused.invalid", null, Auth.BEARER, null, CONNECT_TIMEOUT));
  }

  private static final Duration CONNECT_TIMEOUT = ConnectionSettings.CONNECT_TIMEOUT;

  /** A request of an author's own, without effect. */
  SendOutcome read(HttpCall call) throws InterruptedException {
    return exchange(request(call), SendGuard.NONE);
  }

  /** The request, for messages and for sending. */
  static ApiRequest request(HttpCall call) {
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.putAll(call.credentials());
    return request(
        call.method(),
        call.address().wire(),
        headers,
        bytes(call.body(), call.comparable().has("bodyText")),
        call.timeout());
  }

  /** A GET of the address that shows the effect, with the same credentials. */
  static ApiRequest verify(HttpCall call, Address address, Duration timeout) {
    Map<String, String> headers = new HashMap<>(call.headers());
    headers.keySet().removeIf("Content-Type"::equalsIgnoreCase);
    headers.putAll(call.credentials());
    return request("GET", address.wire(), headers, null, timeout);
  }

  /** The stored request as it goes out, the first time and every time after. */
  static ApiRequest request(Intent intent, HttpCall call, Duration timeout) {
    Map<String, String> headers = new HashMap<>(intent.headers());
    headers.putAll(call.credentials());
    return request(
        intent.method(),
        call.address().with(URI.create(intent.url())),
        headers,
        bytes(intent.body(), intent.arguments().has("bodyText")),
        timeout);
  }

  /** NullAway does not see in a class file that an array itself may be null. */
  @SuppressWarnings("NullAway")
  private static ApiRequest request(
      String method, URI uri, Map<String, String> headers, byte @Nullable [] body, Duration time) {
    return new ApiRequest(method, uri, headers, body, time);
  }

  /** Sends what has an effect, if the claim still outlasts it. */
  SendOutcome send(ApiRequest request, Claim claim, Pacer pacer) throws InterruptedException {
    return connection.send(
        request,
        () ->
            request.timeout().toMillis() > 0
                && claim.left(pacer.nanoTime()).compareTo(request.timeout()) > 0);
  }

  /**
   * Sends what has no effect.
   *
   * @throws InterruptedException when cancelled, also where that looks like a broken connection
   */
  SendOutcome exchange(ApiRequest request, SendGuard guard) throws InterruptedException {
    SendOutcome outcome = connection.send(request, guard);
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled during " + request.describe());
    }
    return outcome;
  }

  private static byte @Nullable [] bytes(@Nullable JsonNode body, boolean text) {
    if (body == null) {
      return null;
    }
    return (text ? body.asText() : Json.write(body)).getBytes(StandardCharsets.UTF_8);
  }
}
