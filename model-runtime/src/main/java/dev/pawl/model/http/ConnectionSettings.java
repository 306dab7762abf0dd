package dev.pawl.model.http;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.time.Duration;
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
 */
public record ConnectionSettings(
    String name,
    String baseUrl,
    @Nullable String account,
    Auth auth,
    @Nullable String credential,
    Duration connectTimeout) {
  public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  public ConnectionSettings {
    requireNonNull(name, "name");
    requireNonNull(auth, "auth");
    requireNonNull(connectTimeout, "connectTimeout");
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

  public ConnectionSettings withAuth(Auth scheme) {
    return new ConnectionSettings(name, baseUrl, account, scheme, credential, connectTimeout);
  }

  @Override
  public String toString() {
    return name + "=" + baseUrl + (credential == null ? "" : " (with a credential)");
  }
}
