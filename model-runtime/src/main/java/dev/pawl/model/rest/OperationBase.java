package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.net.URI;

/**
 * Where an operation lives that is not where the rest of its API does.
 *
 * @param api the document's server, without a trailing slash
 * @param own the operation's, without a trailing slash
 */
public record OperationBase(String api, String own) {
  public OperationBase {
    requireNonNull(api, "api");
    requireNonNull(own, "own");
  }

  /**
   * The operation's base on a connection: its own where the connection is to the document's server.
   * Anything else (a proxy, a simulator, another region) has all servers behind one address, and
   * tells them apart by their paths, if it has the API's.
   */
  String on(String connection) {
    if (connection.equals(api)) {
      return own;
    }
    String path = path(api);
    return connection.endsWith(path)
        ? connection.substring(0, connection.length() - path.length()) + path(own)
        : connection;
  }

  private static String path(String url) {
    String path = url.isEmpty() ? "" : URI.create(url).getRawPath();
    return path == null ? "" : path;
  }
}
