package dev.pawl.server.crash;

import dev.pawl.schema.SqlProfile;
import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WorkflowDefinition;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A {@link CrashServer} in a process of its own. */
final class ServerProcess implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 120;

  /** A port at which nobody answers. */
  private static final int NOBODY = 1;

  private final Process process;
  private final Path output;
  private final ManagedChannel channel;

  private ServerProcess(Process process, Path output, int port) {
    this.process = process;
    this.output = output;
    this.channel =
        Grpc.newChannelBuilder("127.0.0.1:" + port, InsecureChannelCredentials.create()).build();
  }

  /**
   * Starts one and waits until it answers, or has died by its last write before it could.
   *
   * @param home for what it writes beside the database
   * @param lastWrite the durable write after which it dies; 0: none
   */
  static ServerProcess start(DatabaseSettings database, Path home, Path ledger, int lastWrite)
      throws Exception {
    Path told = home.resolve("port-" + System.nanoTime());
    Path output = home.resolve(told.getFileName() + ".log");
    String url =
        database.url()
            + "?currentSchema=public&user="
            + database.user()
            + "&password="
            + database.password();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-D" + LedgerModel.FILE + "=" + ledger,
                    "-D" + SqlProfile.PROPERTY + "=" + database.profile().word(),
                    "-cp",
                    services(home) + File.pathSeparator + System.getProperty("java.class.path"),
                    CrashServer.class.getName(),
                    url,
                    home.toString(),
                    Integer.toString(lastWrite),
                    told.toString()))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    Waiting.until("the server answers", () -> Files.exists(told) || !process.isAlive());
    if (Files.exists(told)) {
      return new ServerProcess(process, output, Integer.parseInt(Files.readString(told)));
    }
    // What it takes over at its start may already be its last write.
    if (lastWrite == 0 || !Files.readString(output).contains("write " + lastWrite)) {
      throw new AssertionError("the server did not start: " + Files.readString(output));
    }
    return new ServerProcess(process, output, NOBODY);
  }

  /** Makes the ledger's model known in that process alone. */
  private static Path services(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("models/META-INF/services"));
    Files.writeString(folder.resolve("dev.pawl.model.Model"), LedgerModel.class.getName());
    return home.resolve("models");
  }

  /** Starts a run; the key makes it safe to ask the next server again. */
  String startRun(String workflow, String key) {
    return ExecutionServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .startRun(
            StartRunRequest.newBuilder()
                .setDefinition(
                    WorkflowDefinition.newBuilder().setText(workflow).setFileName("crash.yaml"))
                .setIdempotencyKey(key)
                .build())
        .getRun()
        .getRunId();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void awaitDeath() throws InterruptedException {
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the server lives on after the write that was to be its last");
    }
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    awaitDeath();
  }

  /** SIGSTOP or SIGCONT. */
  void signal(String name) throws IOException, InterruptedException {
    int rc = new ProcessBuilder("kill", "-" + name, Long.toString(pid())).start().waitFor();
    if (rc != 0) {
      throw new AssertionError("kill -" + name + " " + pid() + " ended with " + rc);
    }
  }

  String output() throws IOException {
    return Files.readString(output);
  }

  @Override
  public void close() throws InterruptedException {
    channel.shutdownNow();
    kill();
  }
}
