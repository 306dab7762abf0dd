package dev.pawl.model.http;

import java.util.Map;

/**
 * Where a model's API lives and who we are there. Sends each request once: no retries, no
 * redirects, a fresh connection for every request with an effect.
 */
public interface Connection {
  /** The connection's name: the part of a model type before the slash. */
  String name();

  /** Without a trailing slash. */
  String baseUrl();

  /** Whose objects these are: {@code account=} of the connection, else its base URL. */
  String account();

  /** Values for what the API's paths begin with, such as an account's number: name → value. */
  default Map<String, String> params() {
    return Map.of();
  }

  /**
   * Sends a request once, credentials added.
   *
   * @param guard asked after connecting, before the first byte; a refusal gives NeverSent
   */
  SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException;
}
