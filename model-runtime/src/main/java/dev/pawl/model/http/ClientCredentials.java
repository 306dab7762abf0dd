package dev.pawl.model.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Access tokens by OAuth 2.0's client credentials grant: fetched when first needed, kept until
 * shortly before they expire, fetched anew when the API refuses one. They are kept in memory only.
 */
final class ClientCredentials {
  /** A token is not used in its last seconds, in which it may expire on its way. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  /** For answers that do not say how long their token lives. */
  private static final Duration LIFETIME = Duration.ofMinutes(5);

  /** Sends a form; throws IOException when no answer came within the time. */
  interface Post {
    ApiResponse form(URI uri, Map<String, String> headers, String form, Duration timeout)
        throws IOException;
  }

  private record Token(String value, long untilNanos) {}

  private final URI tokenUrl;
  private final String id;
  private final String secret;
  private final String scope;
  private final Post post;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile @Nullable Token held;

  /**
   * @param auth whose name is the token URL, absolute or relative to the API's origin
   * @param credential {@code id:secret}
   * @throws IllegalArgumentException when the token URL is neither https nor the API's own
   */
  ClientCredentials(Auth auth, String baseUrl, String credential, Post post) {
    URI base = URI.create(baseUrl);
    this.tokenUrl = base.resolve(auth.name());
    boolean own =
        String.valueOf(base.getAuthority()).equals(tokenUrl.getAuthority())
            && base.getScheme().equals(tokenUrl.getScheme());
    if (!own && !"https".equals(tokenUrl.getScheme())) {
      throw new IllegalArgumentException(
          "the token URL " + tokenUrl + " must be https: a secret is sent to it");
    }
    int colon = credential.indexOf(':');
    this.id = credential.substring(0, colon);
    this.secret = credential.substring(colon + 1);
    this.scope = String.join(" ", auth.scopes());
    this.post = post;
  }

  /**
   * A token that has not expired.
   *
   * @param timeout for fetching one, waiting for another caller's fetch not included
   * @throws IOException when none could be fetched
   */
  String token(Duration timeout) throws IOException {
    Token known = held;
    if (known != null && isFresh(known)) {
      return known.value();
    }
    lock.lock();
    try {
      Token meanwhile = held;
      if (meanwhile != null && isFresh(meanwhile)) {
        return meanwhile.value();
      }
      Token fetched = fetch(timeout);
      held = fetched;
      return fetched.value();
    } finally {
      lock.unlock();
    }
  }

  /** Forgets a token that the API refused. */
  void refused(String token) {
    lock.lock();
    try {
      Token known = held;
      if (known != null && known.value().equals(token)) {
        held = null;
      }
    } finally {
      lock.unlock();
    }
  }

  private static boolean isFresh(Token token) {
    return token.untilNanos() - System.nanoTime() > 0;
  }

  /** With the credential in the header, as RFC 6749 prefers; where that is refused, in the form. */
  private Token fetch(Duration timeout) throws IOException {
    String grant = "grant_type=client_credentials" + (scope.isEmpty() ? "" : pair("scope", scope));
    String pair = encode(id) + ":" + encode(secret);
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    headers.put("Content-Type", "application/x-www-form-urlencoded");
    Map<String, String> withBasic = new HashMap<>(headers);
    withBasic.put(
        "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8)));
    ApiResponse answer = post.form(tokenUrl, withBasic, grant, timeout);
    if (answer.status() == 400 || answer.status() == 401) {
      String form = grant + pair("client_id", id) + pair("client_secret", secret);
      answer = post.form(tokenUrl, headers, form, timeout);
    }
    return token(answer);
  }

  private Token token(ApiResponse answer) throws IOException {
    JsonNode body = answer.json().orElse(Json.object());
    String value = body.path("access_token").asText("");
    if (!answer.isSuccess() || value.isEmpty() || value.chars().anyMatch(c -> c <= ' ')) {
      String error = body.path("error").asText("").replaceAll("[^A-Za-z0-9_ .-]", "");
      throw new IOException(
          "the token endpoint "
              + tokenUrl
              + " answered "
              + answer.status()
              + (error.isEmpty() ? "" : " " + error.substring(0, Math.min(error.length(), 100)))
              + " and gave no token; the connection's credential must be id:secret of a client");
    }
    Duration lifetime =
        body.path("expires_in").asLong(0) > 0
            ? Duration.ofSeconds(body.path("expires_in").asLong())
            : LIFETIME;
    Duration used =
        lifetime.compareTo(MARGIN.multipliedBy(2)) > 0
            ? lifetime.minus(MARGIN)
            : lifetime.dividedBy(2);
    return new Token(value, System.nanoTime() + used.toNanos());
  }

  private static String pair(String name, String value) {
    return "&" + name + "=" + encode(value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
