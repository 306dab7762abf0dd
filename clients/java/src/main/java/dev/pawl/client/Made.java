package dev.pawl.client;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An object that was made, or found.
 *
 * @param dataJson its attributes as JSON, at most 1 MiB
 * @param externalId the API's id of it, 1 to 1024 characters; null where it has none
 * @param account the account it lives in; null: the one given to {@link CreateOptions}
 */
public record Made(String dataJson, @Nullable String externalId, @Nullable String account) {
  public Made {
    requireNonNull(dataJson, "dataJson");
  }

  /** In the account of the options. */
  public static Made of(String dataJson, @Nullable String externalId) {
    return new Made(dataJson, externalId, null);
  }
}
