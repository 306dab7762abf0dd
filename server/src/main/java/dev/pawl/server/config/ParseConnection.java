package dev.pawl.server.config;

import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads {@code NAME=URL[,token-env=VAR][,account=A][,param.NAME=VALUE…]}. */
public final class ParseConnection {
  /** What a connection looks like. */
  static final String FORM = "NAME=URL[,token-env=VAR][,account=A][,param.NAME=VALUE]";

  private static final String PARAM = "param.";

  private ParseConnection() {}

  /**
   * The connection; how its credential is presented is the model's to say.
   *
   * @param environment where tokens are found by name
   * @throws ConfigException in one sentence
   */
  public static ConnectionSettings run(String text, UnaryOperator<@Nullable String> environment) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new ConfigException("connection '" + text + "' must look like " + FORM);
    }
    String name = text.substring(0, equals);
    String[] parts = text.substring(equals + 1).split(",", -1);
    String token = null;
    String account = null;
    Map<String, String> params = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].startsWith("token-env=")) {
        token = token(name, parts[i].substring("token-env=".length()), environment);
      } else if (parts[i].startsWith("account=")) {
        account = parts[i].substring("account=".length());
      } else if (parts[i].matches("param\\.[^=]+=.*")) {
        int value = parts[i].indexOf('=');
        params.put(parts[i].substring(PARAM.length(), value), parts[i].substring(value + 1));
      } else {
        throw new ConfigException(
            "connection "
                + name
                + ": '"
                + parts[i]
                + "' must be token-env=VAR, account=A or param.NAME=VALUE");
      }
    }
    try {
      return new ConnectionSettings(
          name, parts[0], account, Auth.BEARER, token, ConnectionSettings.CONNECT_TIMEOUT, params);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(String.valueOf(e.getMessage()));
    }
  }

  private static String token(
      String connection, String variable, UnaryOperator<@Nullable String> environment) {
    String token = environment.apply(variable);
    if (token == null || token.isEmpty()) {
      throw new ConfigException(
          "connection "
              + connection
              + ": the environment variable "
              + variable
              + " is not set, and it should hold the token");
    }
    return token;
  }
}
