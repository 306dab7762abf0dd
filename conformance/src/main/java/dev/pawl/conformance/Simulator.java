package dev.pawl.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.sandbox.Sandbox;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What goes on behind the simulator's API: what exists there, and what is made to go wrong. */
final class Simulator implements AutoCloseable {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final Sandbox sandbox;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Simulator(Sandbox sandbox) {
    this.sandbox = sandbox;
  }

  /** A connection to it, with some value for each parameter that the API takes from one. */
  ConnectionSettings connection(ApiDescriptor api) {
    Map<String, String> params =
        api.connectionParams().stream().collect(Collectors.toMap(p -> p, p -> "pawl"));
    return new ConnectionSettings(
        api.connection(),
        sandbox.baseUri().toString(),
        sandbox.uuid(),
        api.auth(),
        null,
        ConnectionSettings.CONNECT_TIMEOUT,
        params);
  }

  /** Where everything that exists can be read. */
  List<String> paths() throws InterruptedException {
    List<String> out = new ArrayList<>();
    for (JsonNode resource : Json.parse(call("GET", "/_sandbox/resources", "").body())) {
      out.add(resource.path("path").asText());
    }
    return out;
  }

  /** Removes one thing behind the client's back; whether it was there. */
  boolean remove(String path) throws InterruptedException {
    return call("DELETE", "/_sandbox/resources" + path, "").statusCode() == 204;
  }

  /** Arms a fault. */
  void arm(String method, String path, ObjectNode fault) throws InterruptedException {
    String match = method + " " + path;
    HttpResponse<String> answer =
        call("POST", "/_sandbox/faults", Json.write(fault.deepCopy().put("match", match)));
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("the simulator took no fault for " + match + answer.body());
    }
  }

  void disarm() throws InterruptedException {
    call("DELETE", "/_sandbox/faults", "");
  }

  private HttpResponse<String> call(String method, String path, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.baseUri() + path))
            .timeout(TIMEOUT)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException("the simulator did not answer " + method + " " + path, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
