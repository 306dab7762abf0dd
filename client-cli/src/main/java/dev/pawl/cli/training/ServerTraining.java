package dev.pawl.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.CommandLineRunner;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.server.config.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Starts a server with a database of its own and runs a workflow on it, so that the JVM can write
 * down which classes a server needs and read them faster ever after.
 */
public final class ServerTraining {
  private static final String WORKFLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: training}
      spec:
        steps:
          - {id: first, model: core/assert, method: check, with: {that: "${{ true }}"}}
          - {id: second, model: core/assert, method: check, with: {that: "${{ steps.first.output.passed }}"}}
      """;

  private ServerTraining() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createTempDirectory("pawl-training");
    int exit;
    try (HostedServer server =
        Servers.ofThisBuild()
            .start(ServerOptions.in(folder.resolve("data")).withAddress("127.0.0.1", 0))) {
      Path workflow = folder.resolve("workflow.yaml");
      Files.write(workflow, WORKFLOW.getBytes(UTF_8));
      exit = command("run", workflow.toString(), "--server", server.address().toString());
    } finally {
      remove(folder);
    }
    System.exit(exit);
  }

  private static int command(String... line) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return new CommandLineRunner(
            new Surroundings(nowhere, nowhere, Map.of(), Terminal.NONE, Servers.ofThisBuild()))
        .run(line);
  }

  private static void remove(Path folder) throws IOException {
    List<Path> all;
    try (Stream<Path> found = Files.walk(folder)) {
      all = found.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.deleteIfExists(each);
    }
  }
}
