package dev.pawl.cli.hosting;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.util.Optional;

/**
 * Where the API of some model types lives.
 *
 * @param name the model types' part before the slash
 * @param url the API's base URL
 * @param token a bearer token; never printed
 * @param account the account at the API; the URL where there is none
 */
public record ApiConnection(
    String name, URI url, Optional<String> token, Optional<String> account) {
  public ApiConnection {
    requireNonNull(name, "name");
    requireNonNull(url, "url");
    requireNonNull(token, "token");
    requireNonNull(account, "account");
  }

  @Override
  public String toString() {
    return name + "=" + url + (token.isPresent() ? ",token=***" : "");
  }
}
