package dev.pawl.server.config;

import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.schema.SqlProfile;
import dev.pawl.server.engine.EngineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads the server's configuration file: YAML, every key optional.
 *
 * <pre>{@code
 * listen: 127.0.0.1
 * port: 7233
 * databaseUrl: jdbc:postgresql://…
 * dataDir: /var/lib/pawl
 * modelsDir: /var/lib/pawl/models
 * connections: [digitalocean=https://…,token-env=DO_TOKEN]
 * commands: [git, make]
 * recoverTasks: true
 * recoverTasksTimeout: 30s
 * heartbeat: 5s
 * idempotencyRetention: 90d
 * runRetention: 365d
 * sqlProfile: postgresql
 * workspaceLimit: 256MiB
 * intentKeyFile: /run/secrets/pawl-intent.key
 * timing: {lease: 30s, createDeadline: 15s, processingAllowance: 30s, settle: 2s}
 * }</pre>
 */
public final class ReadConfig {
  private static final long MAX_BYTES = 1 << 20;

  /** As many as by default: 30 s and 5 s. */
  private static final int BEATS = 6;

  private static final Pattern SIZE = Pattern.compile("(\\d{1,10}) ?(KiB|MiB|GiB|)");
  private static final Set<String> KEYS =
      new TreeSet<>(
          Set.of(
              "listen",
              "port",
              "databaseUrl",
              "dataDir",
              "modelsDir",
              "connections",
              "commands",
              "recoverTasks",
              "recoverTasksTimeout",
              "heartbeat",
              "idempotencyRetention",
              "runRetention",
              "sqlProfile",
              "workspaceLimit",
              "intentKeyFile",
              "timing"));
  private static final Set<String> TIMING_KEYS =
      new TreeSet<>(Set.of("lease", "createDeadline", "processingAllowance", "settle"));

  private final Path file;
  private final UnaryOperator<@Nullable String> environment;

  private ReadConfig(Path file, UnaryOperator<@Nullable String> environment) {
    this.file = file;
    this.environment = environment;
  }

  /**
   * The options, changed as the file says.
   *
   * @param environment where tokens are found by name
   * @throws ConfigException in one sentence
   */
  public static ServerOptions run(
      Path file, ServerOptions options, UnaryOperator<@Nullable String> environment) {
    return new ReadConfig(file, environment).apply(options);
  }

  private ServerOptions apply(ServerOptions options) {
    Map<?, ?> root = map(parse(), "the file");
    refuseUnknown(root, KEYS, "");
    ServerOptions out =
        options.withAddress(
            text(root, "listen", options.listen()), number(root, "port", options.port()));
    if (root.containsKey("databaseUrl")) {
      String url = text(root, "databaseUrl", "");
      if (!url.startsWith("jdbc:postgresql:")) {
        throw wrong("databaseUrl", "must begin with jdbc:postgresql:");
      }
      out = out.withDatabaseUrl(url);
    }
    if (root.containsKey("dataDir")) {
      out = out.withDataDir(path(root, "dataDir"));
    }
    if (root.containsKey("modelsDir")) {
      out = out.withModelsDir(path(root, "modelsDir"));
    }
    if (root.containsKey("connections")) {
      out = out.withConnections(connections(root.get("connections")));
    }
    if (root.containsKey("commands")) {
      out = out.withSettings(commands(root.get("commands"), out.settings()));
    }
    if (root.containsKey("workspaceLimit")) {
      out = out.withWorkspaceLimit(size(root, "workspaceLimit"));
    }
    if (root.containsKey("intentKeyFile")) {
      out = out.withIntentKeyFile(path(root, "intentKeyFile"));
    }
    if (root.containsKey("runRetention")) {
      out = out.withRunRetention(duration(root, "runRetention", Duration.ZERO));
    }
    if (root.containsKey("sqlProfile")) {
      out = out.withSqlProfile(profile(root));
    }
    Object recovers = root.get("recoverTasks");
    if (recovers != null && !(recovers instanceof Boolean)) {
      throw wrong("recoverTasks", "must be true or false");
    }
    Duration silence = duration(root, "recoverTasksTimeout", out.recoverTasksTimeout());
    Duration beat = duration(root, "heartbeat", beatFor(silence, out.heartbeat()));
    if (beat.multipliedBy(2).compareTo(silence) > 0) {
      throw wrong(
          "heartbeat",
          "of "
              + beat.toMillis()
              + " ms is too long: it must be at most half of recoverTasksTimeout, "
              + silence.toMillis()
              + " ms");
    }
    return out.withTiming(timing(root.get("timing"), out.timing()))
        .withIdempotencyRetention(
            duration(root, "idempotencyRetention", out.idempotencyRetention()))
        .withRecovery(
            Boolean.FALSE.equals(recovers) ? EngineSettings.Recovery.OFF : out.recovery(),
            beat,
            silence);
  }

  /** Several signs of life must fit into the silence that is taken for a death. */
  private static Duration beatFor(Duration silence, Duration usual) {
    Duration shorter = silence.dividedBy(BEATS);
    return shorter.compareTo(usual) < 0 ? shorter : usual;
  }

  private Object parse() {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw new ConfigException(file + " is over the limit of " + MAX_BYTES + " bytes");
      }
      Object root =
          new Load(LoadSettings.builder().setLabel(file.toString()).build())
              .loadFromString(Files.readString(file));
      return root == null ? Map.of() : root;
    } catch (IOException e) {
      throw new ConfigException(
          "the configuration file " + file + " cannot be read; check --config");
    } catch (YamlEngineException e) {
      throw new ConfigException(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    }
  }

  private List<ConnectionSettings> connections(@Nullable Object value) {
    if (!(value instanceof List<?> list)) {
      throw wrong("connections", "must be a list of " + ParseConnection.FORM);
    }
    List<ConnectionSettings> out = new ArrayList<>();
    for (Object each : list) {
      out.add(each instanceof Map<?, ?> parts ? connection(parts) : connection(each));
    }
    return out;
  }

  private ConnectionSettings connection(Object text) {
    return ParseConnection.run(String.valueOf(text), environment);
  }

  private ConnectionSettings connection(Map<?, ?> parts) {
    refuseUnknown(parts, Set.of("connection", "params"), "connections.");
    ConnectionSettings plain = connection((Object) text(parts, "connection", ""));
    Map<String, String> params = new TreeMap<>(plain.params());
    map(Objects.requireNonNullElse(parts.get("params"), Map.of()), "connections.params")
        .forEach((name, value) -> params.put(String.valueOf(name), param(plain, name, value)));
    try {
      return plain.withParams(params);
    } catch (IllegalArgumentException e) {
      throw wrong("connections", String.valueOf(e.getMessage()));
    }
  }

  private String param(ConnectionSettings connection, Object name, @Nullable Object value) {
    if (value == null || value instanceof Map<?, ?> || value instanceof List<?>) {
      throw wrong(
          "connections." + connection.name() + ".params." + name, "must be one value, is " + value);
    }
    return value.toString();
  }

  private Settings commands(@Nullable Object value, Settings now) {
    if (!(value instanceof List<?> list)) {
      throw wrong("commands", "must be a list of programs' names, such as [git, make]");
    }
    try {
      return now.withCommands(list.stream().map(String::valueOf).toList());
    } catch (IllegalArgumentException e) {
      throw wrong("commands", "has " + e.getMessage());
    }
  }

  private Timing timing(@Nullable Object value, Timing now) {
    if (value == null) {
      return now;
    }
    Map<?, ?> times = map(value, "timing");
    refuseUnknown(times, TIMING_KEYS, "timing.");
    try {
      return new Timing(
          duration(times, "lease", now.lease()),
          duration(times, "createDeadline", now.createDeadline()),
          duration(times, "processingAllowance", now.processingAllowance()),
          duration(times, "settle", now.settle()),
          now.readTimeout(),
          now.claimWait(),
          now.readyWait());
    } catch (IllegalArgumentException e) {
      throw wrong("timing", String.valueOf(e.getMessage()));
    }
  }

  private Map<?, ?> map(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    throw new ConfigException(file + ": " + what + " must be a map of settings");
  }

  private void refuseUnknown(Map<?, ?> map, Set<String> known, String prefix) {
    for (Object key : map.keySet()) {
      if (!known.contains(String.valueOf(key))) {
        throw wrong(prefix + key, "is not a setting; there are " + String.join(", ", known));
      }
    }
  }

  private static String text(Map<?, ?> map, String key, String otherwise) {
    Object value = map.get(key);
    return value == null ? otherwise : value.toString();
  }

  private int number(Map<?, ?> map, String key, int otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    if (value instanceof Integer number && number >= 0 && number <= 65_535) {
      return number;
    }
    throw wrong(key, "must be a number from 0 to 65535, is " + value);
  }

  private long size(Map<?, ?> map, String key) {
    Matcher size = SIZE.matcher(text(map, key, ""));
    if (!size.matches()) {
      throw wrong(key, "must be a number of bytes, or one with KiB, MiB or GiB, as 256MiB");
    }
    int shift =
        switch (size.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    return Long.parseLong(size.group(1)) << shift;
  }

  private Path path(Map<?, ?> map, String key) {
    return Path.of(text(map, key, ""));
  }

  private Duration duration(Map<?, ?> map, String key, Duration otherwise) {
    Object value = map.get(key);
    if (value == null) {
      return otherwise;
    }
    try {
      return dev.pawl.server.language.Durations.parse(
          dev.pawl.model.Json.mapper().valueToTree(value));
    } catch (IllegalArgumentException e) {
      throw wrong(key, String.valueOf(e.getMessage()));
    }
  }

  private SqlProfile profile(Map<?, ?> map) {
    try {
      return SqlProfile.of(text(map, "sqlProfile", ""));
    } catch (IllegalArgumentException e) {
      throw wrong("sqlProfile", String.valueOf(e.getMessage()));
    }
  }

  private ConfigException wrong(String key, String message) {
    return new ConfigException(file + ": " + key + " " + message);
  }
}
