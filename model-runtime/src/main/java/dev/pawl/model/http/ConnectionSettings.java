package dev.pawl.model.http;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's API lives and who we are there.
 *
 * @param name the part of a model type before the slash
 * @param baseUrl http or https, trailing slashes dropped
 * @param account whose objects these are; null: the base URL
 * @param auth how the credential is presented
 * @param credential the token, {@code user:password}, {@code id:secret} of an OAuth client, or key;
 *     null for none; never logged
 * @param connectTimeout for connecting alone; default 5 s
 * @param params what the API's paths begin with and is the same for the whole connection: name →
 *     value; never secrets
 */
public record ConnectionSettings(
    String name,
    String baseUrl,
    @Nullable String account,
    Auth auth,
    @Nullable String credential,
    Duration connectTimeout,
    Map<String, String> params) {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  public ConnectionSettings {
    requireNonNull(name, "name");
    requireNonNull(auth, "auth");
    requireNonNull(connectTimeout, "connectTimeout");
    params = Map.copyOf(params);
    String connection = name;
    params.forEach(
        (param, value) -> {
          if (param.isBlank() || value.isBlank()) {
            throw new IllegalArgumentException(
                "connection " + connection + ": a param needs a name and a value: " + param);
          }
        });
    baseUrl = baseUrl.replaceAll("/+$", "");
    if (!baseUrl.matches("https?://[^/\\s]+.*")) {
      throw new IllegalArgumentException(
          "connection " + name + ": '" + baseUrl + "' must be an http or https URL");
    }
    if (baseUrl.matches("https?://[^/]*@.*")) {
      // The base URL is stored and shown, so it must not hold the credential; nor is it shown here.
      throw new IllegalArgumentException(
          "connection "
              + name
              + ": its URL must not hold a user or password before the @; give the credential"
              + " apart");
    }
    if (baseUrl.matches(".*[?#].*")) {
      // The requests' paths are put behind it, where a query would swallow them.
      throw new IllegalArgumentException(
          "connection "
              + name
              + ": its URL must end before a '?' or '#'; give only the part that all paths share");
    }
  }

  /** Without params. */
  public ConnectionSettings(
      String name,
      String baseUrl,
      @Nullable String account,
      Auth auth,
      @Nullable String credential,
      Duration connectTimeout) {
    this(name, baseUrl, account, auth, credential, connectTimeout, Map.of());
  }

  public ConnectionSettings withAuth(Auth scheme) {
    return new ConnectionSettings(
        name, baseUrl, account, scheme, credential, connectTimeout, params);
  }

  public ConnectionSettings withParams(Map<String, String> values) {
    return new ConnectionSettings(name, baseUrl, account, auth, credential, connectTimeout, values);
  }

  @Override
  public String toString() {
    return name
        + "="
        + baseUrl
        + (params.isEmpty() ? "" : " " + new TreeMap<>(params))
        + (credential == null ? "" : " (with a credential)");
  }
}
