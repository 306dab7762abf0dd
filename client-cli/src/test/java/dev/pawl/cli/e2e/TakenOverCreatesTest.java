package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on one database, one of which is killed while the API carries out what it was sent.
 */
@Timeout(300)
class TakenOverCreatesTest {
  private static final int RUNS = 5;
  private static final int DROPLETS = 8;
  private static final int ALL = RUNS * DROPLETS;
  private static final String WORKFLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: fleet}
      spec:
        inputs: {names: {type: array, items: {type: string}}}
        recovery: {strategy: idempotent}
        steps:
          - id: fleet
            model: digitalocean/droplet
            method: create
            forEach: {in: "${{ inputs.names }}", concurrency: 8}
            instance: "${{ each.value }}"
            with: {name: "${{ each.value }}", region: nyc3, size: s-1vcpu-1gb, image: debian-12-x64}
      """;

  @TempDir Path home;
  private Pawl pawl;
  private SandboxProcess api;
  private EmbeddedPostgres postgres;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    api = pawl.sandbox();
    postgres = EmbeddedPostgres.start(PostgresOptions.in(home.resolve("postgres")));
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
    postgres.close();
  }

  private PawlServerProcess server(String name) throws Exception {
    // The API's delay is well within the allowance, as it must be for the protocol to hold.
    Path config =
        Files.writeString(
            home.resolve(name + ".yaml"),
            """
            heartbeat: 500ms
            recoverTasksTimeout: 3s
            timing: {lease: 3s, createDeadline: 2s, processingAllowance: 20s, settle: 200ms}
            """);
    return pawl.server(
        pawl.emptyDirectory(name),
        "--port",
        "0",
        "--config",
        config.toString(),
        "--database-url",
        postgres.jdbcUrl() + "?user=" + postgres.user() + "&password=" + postgres.password(),
        "--connection",
        "digitalocean=" + api.url());
  }

  @Test
  void everyCreateThatWasSentIsFoundAndNoneIsSentAgain() throws Exception {
    PawlServerProcess doomed = server("doomed");
    PawlServerProcess other = server("other");
    api.arm(
        """
        {"match": "POST /v2/droplets", "fault": "delay", "delayMs": 6000, "times": %d}
        """
            .formatted(ALL));
    Path file = Files.writeString(home.resolve("fleet.yaml"), WORKFLOW);
    List<String> runs = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      runs.add(
          pawl.runDocument(
                  "run",
                  file.toString(),
                  "--input",
                  "names=" + names(run),
                  "--detach",
                  "--server",
                  doomed.address())
              .run());
    }
    Await.until("all are under way", () -> api.postsAfter(0).size() == ALL);

    doomed.command().kill();

    for (String run : runs) {
      RunAnswer end =
          RunAnswer.of(pawl.run("watch", run, "--server", other.address(), "-o", "json"))
              .succeeded();
      assertThat(end.document().path("attempt").asInt()).isEqualTo(2);
      assertThat(new HashSet<>(end.steps())).containsExactly("fleet ADOPTED");
    }
    assertThat(api.postsAfter(0)).hasSize(ALL);
    assertThat(api.count("/v2/droplets/")).isEqualTo(ALL);
  }

  private static String names(int run) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < DROPLETS; i++) {
      names.add("\"fleet-" + run + "-" + i + "\"");
    }
    return names.toString();
  }
}
