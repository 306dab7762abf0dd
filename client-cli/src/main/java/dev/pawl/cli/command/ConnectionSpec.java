package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.hosting.ApiConnection;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code NAME=URL[,token-env=VAR][,account=A]}. */
final class ConnectionSpec {
  private static final String FORM = "give NAME=URL[,token-env=VAR][,account=A]";

  private ConnectionSpec() {}

  static List<ApiConnection> parseAll(List<String> texts, Surroundings surroundings) {
    Set<String> names = new HashSet<>();
    List<ApiConnection> connections = new ArrayList<>();
    for (String text : texts) {
      ApiConnection connection = parse(text, surroundings);
      if (!names.add(connection.name())) {
        throw CliException.usage("--connection " + connection.name() + " is given twice");
      }
      connections.add(connection);
    }
    return connections;
  }

  static ApiConnection parse(String text, Surroundings surroundings) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw CliException.usage("--connection '%s' has no NAME=: %s".formatted(text, FORM));
    }
    String name = text.substring(0, equals);
    if (!name.matches("[a-z0-9][a-z0-9_-]*")) {
      throw CliException.usage(
          "--connection name '%s' must be the model types' part before the slash, such as digitalocean"
              .formatted(name));
    }
    String[] parts = text.substring(equals + 1).split(",", -1);
    Optional<String> token = Optional.empty();
    Optional<String> account = Optional.empty();
    for (int i = 1; i < parts.length; i++) {
      String value = parts[i].substring(parts[i].indexOf('=') + 1);
      switch (parts[i].substring(0, Math.max(0, parts[i].indexOf('=')))) {
        case "token-env" -> token = Optional.of(token(name, value, surroundings));
        case "account" -> account = Optional.of(value);
        default ->
            throw CliException.usage(
                "--connection %s: '%s' is not known: %s".formatted(name, parts[i], FORM));
      }
    }
    return new ApiConnection(name, url(name, parts[0]), token, account);
  }

  private static String token(String name, String variable, Surroundings surroundings) {
    return surroundings
        .variable(variable)
        .orElseThrow(
            () ->
                CliException.usage(
                    "--connection %s takes its token from the environment's %s, which is not set"
                        .formatted(name, variable)));
  }

  private static URI url(String name, String text) {
    try {
      URI url = new URI(text);
      if (url.getHost() != null
          && ("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
          && url.getUserInfo() == null) {
        return url;
      }
    } catch (URISyntaxException e) {
      // Answered below, as any other text that is no URL of an API.
    }
    throw CliException.usage(
        "--connection %s: '%s' is no URL of an API: it must be http://… or https://… without user and password"
            .formatted(name, text));
  }
}
