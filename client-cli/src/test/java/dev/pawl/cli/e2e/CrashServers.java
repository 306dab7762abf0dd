package dev.pawl.cli.e2e;

import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers on one database, and calls to those that live. */
final class CrashServers implements AutoCloseable {
  private static final long CALL_SECONDS = 60;

  /** The API's lateness of 1 s lies well within the allowance, as the protocol asks. */
  private static final String SETTINGS =
      """
      heartbeat: 500ms
      recoverTasksTimeout: 3s
      timing: {lease: 3s, createDeadline: 2s, processingAllowance: 3s, settle: 200ms}
      """;

  private final Pawl pawl;
  private final CrashStore postgres;
  private final String api;
  private final Path models;
  private final Path config;
  private final List<One> alive = new ArrayList<>();
  private int made;

  /** A server and the way to it. */
  record One(PawlServerProcess process, ManagedChannel channel) {
    ExecutionServiceGrpc.ExecutionServiceBlockingStub execution() {
      return ExecutionServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub data() {
      return DataRepositoryServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(CALL_SECONDS, TimeUnit.SECONDS);
    }

    /** SIGSTOP or SIGCONT. */
    void signal(String name) throws IOException, InterruptedException {
      String pid = Long.toString(process.command().process().pid());
      int rc = new ProcessBuilder("kill", "-" + name, pid).start().waitFor();
      if (rc != 0) {
        throw new AssertionError("kill -" + name + " " + pid + " ended with " + rc);
      }
    }
  }

  /** None yet; makes the models of the API's document. */
  CrashServers(Pawl pawl, CrashStore postgres, AdversarialApi api, Path home) throws Exception {
    this.pawl = pawl;
    this.postgres = postgres;
    this.api = api.url();
    models = Files.createDirectory(home.resolve("models"));
    pawl.run(
            "codegen",
            Path.of("src/test/resources/dev/pawl/cli/e2e/adversarial.yaml").toString(),
            "--name",
            "adversary",
            "--jar",
            models.resolve("adversary.jar").toString())
        .exits(0);
    config = Files.writeString(home.resolve("config.yaml"), SETTINGS);
  }

  String databaseUrl() {
    return postgres.url();
  }

  CrashStore postgres() {
    return postgres;
  }

  One start() throws Exception {
    PawlServerProcess process =
        pawl.server(
            pawl.dataDirectory("data-" + ++made),
            "--port",
            freePort(),
            "--config",
            config.toString(),
            "--models-dir",
            models.toString(),
            "--database-url",
            databaseUrl(),
            "--connection",
            "adversary=" + api);
    One one =
        new One(
            process,
            OkHttpChannelBuilder.forAddress(
                    "127.0.0.1",
                    Integer.parseInt(process.port()),
                    InsecureChannelCredentials.create())
                .build());
    alive.add(one);
    return one;
  }

  /** Chosen here, since the table {@code executor} tells the port that was asked for. */
  private static String freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(any.getLocalPort());
    }
  }

  /** Starts what is missing to two. */
  void complete() throws Exception {
    postgres.ready();
    while (alive.size() < 2) {
      start();
    }
  }

  /** An absence proves something only where a marker has once been read back. */
  void runUndisturbed() throws Exception {
    for (CrashRun run : CrashWave.runs("warm", 1, 1)) {
      String id = any().execution().startRun(run.request()).getRun().getRunId();
      RunAnswer.of(pawl.run("watch", id, "--server", any().process().address(), "-o", "json"))
          .succeeded();
    }
  }

  One any() {
    return alive.getFirst();
  }

  One other(One than) {
    return alive.stream().filter(one -> one != than).findFirst().orElseThrow();
  }

  /** The one that answers at that address. */
  One at(String address) {
    return alive.stream()
        .filter(one -> address.endsWith(":" + one.process().port()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no server at " + address));
  }

  void kill(One one) throws InterruptedException {
    alive.remove(one);
    one.channel().shutdownNow();
    one.process().command().kill();
  }

  @Override
  public void close() throws InterruptedException {
    for (One one : List.copyOf(alive)) {
      kill(one);
    }
  }
}
