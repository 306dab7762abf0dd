package dev.pawl.cli.training;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.pawl.cli.CommandLineRunner;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.Terminal;
import dev.pawl.cli.hosting.Servers;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the everyday commands against a server that knows one run, so that the JVM can write down
 * which classes they need and read them faster ever after.
 */
public final class TrainingRun {
  private TrainingRun() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new OneRun())
            .build()
            .start();
    Path workflow = Files.createTempFile("pawl-training", ".yaml");
    try {
      Files.write(workflow, "spec: {inputs: {a: {type: string}}, steps: []}\n".getBytes(UTF_8));
      String address = "127.0.0.1:" + server.getPort();
      command("--version");
      command("run", "--help");
      command("no-such-command");
      command("run", workflow.toString(), "--input", "a=1", "--input", "b=2", "--server", address);
      command("show", OneRun.ID, "-o", "json", "--server", address);
      command("watch", OneRun.ID, "--server", address);
      command("runs", "--server", address);
      command("show", "unknown", "--server", address);
    } finally {
      Files.delete(workflow);
      server.shutdownNow().awaitTermination();
    }
  }

  private static void command(String... line) {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    new CommandLineRunner(
            new Surroundings(nowhere, nowhere, Map.of(), Terminal.NONE, Servers.ofThisBuild()))
        .run(line);
  }
}
