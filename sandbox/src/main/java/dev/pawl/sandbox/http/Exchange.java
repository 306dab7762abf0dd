package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import dev.pawl.sandbox.answer.ApiAnswer;
import dev.pawl.sandbox.document.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request on the wire and the sending of its answer. */
final class Exchange {
  /** Bytes; a larger request body gets 413. */
  static final int MAX_BODY = 8 * 1024 * 1024;

  private final HttpExchange http;

  Exchange(HttpExchange http) {
    this.http = http;
  }

  String method() {
    return http.getRequestMethod().toUpperCase(Locale.ROOT);
  }

  /** Without the query, as sent. */
  String path() {
    String path = http.getRequestURI().getRawPath();
    return path == null || path.isEmpty() ? "/" : path;
  }

  @Nullable String query() {
    return http.getRequestURI().getRawQuery();
  }

  /** By the names as sent, repeated ones joined by a comma. */
  Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    http.getRequestHeaders()
        .forEach((name, values) -> headers.put(name, String.join(", ", values)));
    return headers;
  }

  String header(String name) {
    return Optional.ofNullable(http.getRequestHeaders().getFirst(name)).orElse("");
  }

  /** Empty when the body is larger than {@link #MAX_BODY}. */
  Optional<byte[]> body() throws IOException {
    InputStream in = http.getRequestBody();
    byte[] bytes = in.readNBytes(MAX_BODY + 1);
    return bytes.length > MAX_BODY ? Optional.empty() : Optional.of(bytes);
  }

  void send(ApiAnswer answer) throws IOException {
    JsonNode body = answer.body();
    boolean bare = body.isTextual() && !answer.contentType().contains("json");
    byte[] bytes =
        body.isMissingNode()
            ? new byte[0]
            : bare ? body.asText().getBytes(StandardCharsets.UTF_8) : JsonText.print(body);
    send(answer.status(), answer.contentType(), bytes, answer.headers());
  }

  void send(int status, String contentType, byte[] body, Map<String, String> headers)
      throws IOException {
    headers.forEach(http.getResponseHeaders()::set);
    boolean bodiless = body.length == 0 || status == 204 || status == 304;
    if (!bodiless) {
      http.getResponseHeaders().set("Content-Type", contentType);
    }
    boolean head = method().equals("HEAD");
    http.sendResponseHeaders(status, bodiless || head ? -1 : body.length);
    if (!bodiless && !head) {
      http.getResponseBody().write(body);
    }
    http.close();
  }

  /** Ends the connection; a client that was promised nothing gets nothing. */
  void drop() {
    http.close();
  }
}
