package dev.pawl.bench;

import dev.pawl.cli.e2e.AdversarialApi;
import dev.pawl.cli.e2e.StalledWrites;
import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WorkflowDefinition;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** {@code ./pawl server}, its PostgreSQL beside it. */
final class PawlPeer implements Peer, Peer.Holds {
  private static final Pattern PORT = Pattern.compile("\"address\":\"127.0.0.1:(\\d+)\"");
  private static final int STEPS = 5;

  /** A server that is killed every few seconds never lives to profit from the second compiler. */
  private static final String OPTIONS =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xlog:disable"
          + " -XX:+AutoCreateSharedArchive -XX:SharedArchiveFile=";

  private static final String SETTINGS =
      """
      heartbeat: 500ms
      recoverTasksTimeout: 3s
      timing: {lease: 3s, createDeadline: 2s, processingAllowance: 2s, settle: 200ms}
      """;

  private final String name;
  private final List<String> models;
  private final AdversarialApi api;
  private final Path root;
  private final Path home;
  private final Path archive;
  private final EmbeddedPostgres postgres;
  private final Map<String, String> runs = new HashMap<>();
  private Child server;
  private ManagedChannel channel;
  private StalledWrites writes;

  /**
   * Makes its database.
   *
   * @param models {@code card} (idempotency key), {@code server} (marker) or {@code pipe} (natural
   *     key); workflows take turns
   */
  PawlPeer(String name, List<String> models, AdversarialApi api, Path root, Path home)
      throws Exception {
    this.name = name;
    this.models = models;
    this.api = api;
    this.root = root;
    this.home = Files.createDirectories(home);
    archive = root.resolve("bench/crash-peers/target/pawl.jsa");
    postgres = EmbeddedPostgres.start(PostgresOptions.in(home.resolve("postgres")));
    Files.writeString(home.resolve("config.yaml"), SETTINGS);
    codegen();
    if (!Files.exists(archive)) {
      start();
      // A polite end: the JVM writes down which classes it loaded, so that later starts are quicker.
      server.process().destroy();
      server.process().waitFor();
      channel.shutdownNow();
    }
  }

  private void codegen() throws Exception {
    Path document =
        root.resolve("client-cli/src/test/resources/dev/pawl/cli/e2e/adversarial.yaml");
    Path models = Files.createDirectories(home.resolve("models"));
    String jar = models.resolve("adversary.jar").toString();
    Child made =
        pawl("", "codegen", document.toString(), "--name", "adversary", "--jar", jar);
    if (made.process().waitFor() != 0) {
      throw new IllegalStateException(made.said());
    }
  }

  private Child pawl(String options, String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(root.resolve("pawl").toString()));
    line.addAll(List.of(arguments));
    return Child.start(
        home, "pawl", Map.of("PAWL_NO_BUILD", "1", "PAWL_JAVA_OPTS", options), line);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Set<String> kinds() {
    return models.stream().map(model -> model + "s").collect(Collectors.toSet());
  }

  @Override
  public void start() throws Exception {
    server =
        pawl(
            OPTIONS + archive,
            "server", "-o", "json", "--port", "0",
            "--data-dir", home.resolve("data").toString(),
            "--config", home.resolve("config.yaml").toString(),
            "--models-dir", home.resolve("models").toString(),
            "--database-url", url(),
            "--connection", "adversary=" + api.url());
    server.awaitWord("\"address\"");
    Matcher port = PORT.matcher(server.said());
    if (!port.find()) {
      throw new IllegalStateException(server.said());
    }
    channel =
        OkHttpChannelBuilder.forAddress(
                "127.0.0.1", Integer.parseInt(port.group(1)), InsecureChannelCredentials.create())
            .build();
    if (writes == null) {
      writes = new StalledWrites(url());
    }
  }

  private String url() {
    return postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password();
  }

  @Override
  public void kill() throws Exception {
    server.kill();
    channel.shutdownNow();
  }

  @Override
  public void submit(String id) {
    int number = Integer.parseInt(id.substring(id.lastIndexOf('-') + 1));
    String model = models.get(number % models.size());
    StringBuilder text =
        new StringBuilder(
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: crash}
            spec:
              recovery: {strategy: idempotent}
              steps:
            """);
    for (int i = 1; i <= STEPS; i++) {
      String name = id + "-s" + i;
      text.append("    - id: s").append(i).append("\n      model: adversary/").append(model);
      text.append("\n      method: create\n      instance: ").append(name);
      text.append("\n      with: {name: ").append(name).append("}\n");
      text.append(i == 1 ? "" : "      dependsOn: [s" + (i - 1) + "]\n");
    }
    Run run =
        ExecutionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .startRun(
                StartRunRequest.newBuilder()
                    .setDefinition(WorkflowDefinition.newBuilder().setText(text.toString()))
                    .setIdempotencyKey(id)
                    .build())
            .getRun();
    runs.put(id, run.getRunId());
  }

  @Override
  public End end(String id) {
    Run run =
        ExecutionServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(30, TimeUnit.SECONDS)
            .getRun(GetRunRequest.newBuilder().setRunId(runs.get(id)).build())
            .getRun();
    return switch (run.getStatus()) {
      case RUN_STATUS_SUCCEEDED -> End.SUCCEEDED;
      case RUN_STATUS_FAILED, RUN_STATUS_CANCELLED, RUN_STATUS_TIMED_OUT ->
          run.getReason().equals("IN_DOUBT") ? End.IN_DOUBT : failed(run);
      default -> null;
    };
  }

  private static End failed(Run run) {
    System.err.println(run.getRunId() + " " + run.getReason() + ": " + run.getMessage());
    return End.FAILED;
  }

  @Override
  public Holds holds() {
    return this;
  }

  @Override
  public void beforeSend(String step) throws Exception {
    writes.hold(step, "CLAIMED");
  }

  @Override
  public void answered(String step) throws Exception {
    writes.hold(step, "PRESENT");
  }

  @Override
  public int held() throws Exception {
    return writes.held();
  }

  @Override
  public void lose() throws Exception {
    writes.lose();
  }

  @Override
  public void close() throws Exception {
    if (server != null) {
      kill();
    }
    if (writes != null) {
      writes.close();
    }
    postgres.close();
  }
}
