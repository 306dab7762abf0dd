package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code kill -9} of the server, and another one on the same data directory and port. */
@Timeout(300)
class KilledServerTest {
  @TempDir Path home;
  private Pawl pawl;
  private SandboxProcess api;
  private DataDirectory data;
  private PawlServerProcess server;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    api = pawl.sandbox();
    data = pawl.dataDirectory("data");
    server = server("0");
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  @Test
  void betweenTwoSteps() throws Exception {
    // The look that precedes the claim: the droplets are done, the load balancer is not begun.
    api.arm(
        """
        {"match": "GET /v2/load_balancers", "fault": "delay", "delayMs": 3000, "times": 1}
        """);
    RunningCommand run = run();
    api.awaitRequest("GET", "/v2/load_balancers");

    restart();

    RunAnswer answer = RunAnswer.of(run.finish()).succeeded();
    assertThat(answer.steps()).isEqualTo(WebTier.CREATED);
    assertThat(answer.document().path("attempt").asInt()).isEqualTo(2);
    assertThat(api.postsAfter(0)).isEqualTo(WebTier.POSTS);
  }

  @Test
  void whileACreateIsUnderWay() throws Exception {
    // The API acts after its client has died: whoever goes on must wait for it and find it.
    api.arm(
        """
        {"match": "POST /v2/load_balancers", "fault": "delay", "delayMs": 3000, "times": 1}
        """);
    RunningCommand run = run();
    api.awaitRequest("POST", "/v2/load_balancers");

    restart();

    RunAnswer answer = RunAnswer.of(run.finish()).succeeded();
    assertThat(answer.steps()).contains("load_balancer ADOPTED", "firewall CREATED");
    assertThat(api.postsAfter(0)).isEqualTo(WebTier.POSTS);
    assertThat(api.count("/v2/load_balancers/")).isEqualTo(1);
  }

  private RunningCommand run() throws Exception {
    return pawl.start("run", WebTier.file().toString(), "--server", server.address(), "-o", "json");
  }

  private void restart() throws Exception {
    ProcessHandle postgres = data.postgres().orElseThrow();
    server.command().kill();
    Await.until("no orphan: the database ended with its server", () -> !postgres.isAlive());
    server = server(server.port());
  }

  private PawlServerProcess server(String port) throws Exception {
    // The API's delay is well within the allowance, as it must be for the protocol to hold.
    Path config =
        Files.writeString(
            home.resolve("config.yaml"),
            """
            heartbeat: 500ms
            recoverTasksTimeout: 2s
            timing: {lease: 3s, createDeadline: 2s, processingAllowance: 10s, settle: 200ms}
            """);
    return pawl.server(
        data,
        "--port",
        port,
        "--config",
        config.toString(),
        "--connection",
        "digitalocean=" + api.url());
  }
}
