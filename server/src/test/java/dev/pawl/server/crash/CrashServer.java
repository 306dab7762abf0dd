package dev.pawl.server.crash;

import dev.pawl.model.Timing;
import dev.pawl.server.PawlServer;
import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.engine.EngineSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A whole server, told by its arguments when to die. */
public final class CrashServer {
  static final Duration HEARTBEAT = Duration.ofMillis(200);
  static final Duration SILENCE = Duration.ofSeconds(3);
  private static final Timing TIMING =
      new Timing(
          SILENCE,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          Duration.ofMillis(50),
          Duration.ofSeconds(5),
          Duration.ofSeconds(60),
          Duration.ofSeconds(60));

  private CrashServer() {}

  /**
   * Starts; the last argument is a file that gets the port once it answers.
   *
   * @param args database URL, data directory, number of the last durable write (0: none), file
   */
  public static void main(String[] args) throws Exception {
    CountedWrites writes = new CountedWrites(Integer.parseInt(args[2]));
    CountingDriver.install(writes);
    ServerOptions options =
        ServerOptions.in(Path.of(args[1]))
            .withAddress(ServerOptions.LOOPBACK, 0)
            .withDatabaseUrl(args[0])
            .withTiming(TIMING)
            .withRecovery(EngineSettings.Recovery.BY_WORKFLOW, HEARTBEAT, SILENCE);
    try (PawlServer server = PawlServer.start(options, List.of())) {
      Path told = Path.of(args[3]);
      Path written = Path.of(args[3] + ".new");
      Files.writeString(written, Integer.toString(server.port()));
      Files.move(written, told);
      server.awaitTermination();
    }
  }
}
