package dev.pawl.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Real HTTP against a sandbox. */
final class Client {
  static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final URI base;

  Client(Sandbox sandbox) {
    this.base = sandbox.baseUri();
  }

  record Reply(int status, JsonNode body, HttpResponse<String> raw) {}

  Reply get(String path) {
    return call("GET", path, "", "");
  }

  Reply delete(String path) {
    return call("DELETE", path, "", "");
  }

  Reply post(String path, String json) {
    return call("POST", path, json, "application/json");
  }

  Reply call(String method, String path, String body, String contentType, String... headers) {
    try {
      return send(method, path, body, contentType, headers);
    } catch (IOException e) {
      throw new UncheckedIOException(method + " " + path + ": " + e.getMessage(), e);
    }
  }

  /** Throws IOException when the connection is closed without an answer. */
  Reply send(String method, String path, String body, String contentType, String... headers)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(Duration.ofSeconds(30))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!contentType.isEmpty()) {
      request.header("Content-Type", contentType);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
      return new Reply(response.statusCode(), json(response), response);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static JsonNode json(HttpResponse<String> response) throws IOException {
    boolean isJson = response.headers().firstValue("content-type").orElse("").contains("json");
    return isJson ? JSON.readTree(response.body()) : MissingNode.getInstance();
  }
}
