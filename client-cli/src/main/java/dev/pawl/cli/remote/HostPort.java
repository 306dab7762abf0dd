package dev.pawl.cli.remote;

import static java.util.Objects.requireNonNull;

import dev.pawl.cli.failure.CliException;

/**
 * Where a server listens.
 *
 * @param host a name or an address; IPv6 without brackets
 * @param port from 1 to 65535
 */
public record HostPort(String host, int port) {
  public HostPort {
    requireNonNull(host, "host");
    if (host.isEmpty() || port < 1 || port > 65535) {
      throw new IllegalArgumentException("not a host and port: " + host + ":" + port);
    }
  }

  /** Reads {@code host:port} or {@code [::1]:port}; anything else is a usage error. */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    String host = colon < 0 ? "" : text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    } else if (host.contains(":")) {
      host = "";
    }
    try {
      return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
    } catch (IllegalArgumentException e) {
      throw CliException.usage(
          "'" + text + "' is no server address: give host:port, such as localhost:7233");
    }
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
