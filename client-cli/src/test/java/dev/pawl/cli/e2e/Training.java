package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.cli.CommandLineRunner;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.cli.training.TrainingRun;
import dev.pawl.server.config.ServerOptions;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Loads in one JVM the classes that commands, servers and sandboxes need, so that it can write them
 * down at its end.
 */
final class Training {
  private Training() {}

  /**
   * Leaves a data directory {@code data} behind, in which nothing has been done yet.
   *
   * @param args the folder to work in
   */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    Path data = Files.createDirectory(folder.resolve("data"));
    try (HostedServer server =
        Servers.ofThisBuild().start(ServerOptions.in(data).withAddress("127.0.0.1", 0))) {
      server.address();
    }
    TrainingRun.main(new String[0]);
    String api = serve("url", "sandbox", "digitalocean", "-o", "json");
    Path used = folder.resolve("used");
    BuiltPawl.copy(data, used);
    String connection = "digitalocean=" + api;
    String server =
        serve(
            "address",
            "server",
            "--data-dir",
            used.toString(),
            "--port",
            "0",
            "--connection",
            connection,
            "-o",
            "json");
    String workflow = WebTier.file().toString();
    for (String verb : new String[] {"plan", "run", "run"}) {
      int exit = command(nowhere(), verb, workflow, "--server", server, "-o", "json");
      if (exit != 0) {
        System.exit(exit);
      }
    }
    System.exit(0);
  }

  /** Starts what serves until this JVM ends; returns a field of what it says when it is ready. */
  private static String serve(String field, String... line) throws Exception {
    StringWriter out = new StringWriter();
    Thread.ofPlatform().daemon().start(() -> command(new PrintWriter(out), line));
    Await.until(line[0] + " is ready", () -> out.toString().endsWith("\n"));
    return new ObjectMapper().readTree(out.toString()).path(field).asText();
  }

  private static PrintWriter nowhere() {
    return new PrintWriter(new StringWriter());
  }

  private static int command(PrintWriter out, String... line) {
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    return new CommandLineRunner(
            new Surroundings(out, err, Map.of(), Terminal.NONE, Servers.ofThisBuild()))
        .run(line);
  }
}
