package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.server.config.ConfigException;
import dev.pawl.server.config.ParseConnection;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Reads {@code NAME=URL[,token-env=VAR][,account=A][,param.NAME=VALUE]}. */
final class ConnectionSpec {
  private ConnectionSpec() {}

  static List<ConnectionSettings> parseAll(List<String> texts, Surroundings surroundings) {
    Set<String> names = new HashSet<>();
    List<ConnectionSettings> connections = new ArrayList<>();
    for (String text : texts) {
      ConnectionSettings connection = parse(text, surroundings);
      if (!names.add(connection.name())) {
        throw CliException.usage("--connection " + connection.name() + " is given twice");
      }
      connections.add(connection);
    }
    return connections;
  }

  static ConnectionSettings parse(String text, Surroundings surroundings) {
    try {
      ConnectionSettings connection =
          ParseConnection.run(text, variable -> surroundings.environment().get(variable));
      if (!connection.name().matches("[a-z0-9][a-z0-9_-]*")) {
        throw CliException.usage(
            "--connection name '%s' must be the model types' part before the slash, such as digitalocean"
                .formatted(connection.name()));
      }
      refuseCredentials(connection);
      return connection;
    } catch (ConfigException e) {
      throw CliException.usage(String.valueOf(e.getMessage()));
    }
  }

  /** They would end up in logs and error messages. */
  private static void refuseCredentials(ConnectionSettings connection) {
    if (connection.baseUrl().matches("https?://[^/]*@.*")) {
      throw CliException.usage(
          "--connection %s: the URL must not hold a user and password: give token-env=VAR"
              .formatted(connection.name()));
    }
  }
}
