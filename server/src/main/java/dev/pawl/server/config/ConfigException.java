package dev.pawl.server.config;

/** A configuration that cannot be used; the message is one sentence with its place. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ConfigException(String message) {
    super(message);
  }
}
