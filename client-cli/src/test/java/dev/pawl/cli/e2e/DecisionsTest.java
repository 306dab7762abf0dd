package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people decide between a run and its retry, through the command line and a real server. */
@Timeout(300)
class DecisionsTest {
  @TempDir static Path home;
  private static Pawl pawl;
  private static SandboxProcess api;
  private static PawlServerProcess server;

  @BeforeAll
  static void start() throws Exception {
    pawl = new Pawl(home);
    api = pawl.sandbox();
    server =
        pawl.server(
            pawl.dataDirectory("data"), "--port", "0", "--connection", "digitalocean=" + api.url());
  }

  @AfterAll
  static void end() throws Exception {
    pawl.end();
  }

  @AfterEach
  void disarm() throws Exception {
    api.disarm();
  }

  private static RunAnswer failingAt(String name, String path) throws Exception {
    api.arm(
        """
        {"match": "POST %s", "fault": "status", "status": 422, "times": 1, "body": "{}"}
        """
            .formatted(path));
    Path workflow = WebTier.named(name, home);
    return pawl.runDocument(onServer("run", workflow.toString())).failed();
  }

  @Test
  void aStepMadeByHandIsSkippedAndTheRunPutAside() throws Exception {
    String run = failingAt("byhand", "/v2/vpcs").run();
    String vpc = "5a4981aa-9653-4bd1-bef5-d6bff52042e4";
    pawl.run(
            onServer(
                "skip",
                run,
                "vpc",
                "--output-json",
                "{\"id\":\"" + vpc + "\"}",
                "--reason",
                "made by hand"))
        .exits(0);

    RunAnswer retried = pawl.runDocument(onServer("retry", run)).succeeded();

    assertThat(retried.steps()).contains("vpc SKIPPED", "tag REUSED", "load_balancer CREATED");
    JsonNode said = pawl.runDocument(onServer("show", run)).document().at("/overrides/0");
    assertThat(said.path("id").asText()).isEqualTo("vpc");
    assertThat(said.path("output").path("id").asText()).isEqualTo(vpc);
    assertThat(said.path("reason").asText()).isEqualTo("made by hand");

    assertThat(listed()).contains(run);
    pawl.run(onServer("archive", run)).exits(0);
    assertThat(listed()).doesNotContain(run);
    assertThat(listed("--archived")).contains(run);
    assertThat(reason("retry", run)).isEqualTo("RUN_ARCHIVED");
    assertThat(reason("skip", run, "vpc", "--reason", "x")).isEqualTo("RUN_ARCHIVED");
    assertThat(reason("cancel", run)).isEqualTo("RUN_ENDED");
  }

  @Test
  void whatWasForgottenIsMadeAgainOnlyOnRequest() throws Exception {
    String run = failingAt("forgot", "/v2/firewalls").run();
    pawl.run(onServer("data", "delete", "digitalocean/load_balancer", "forgot-lb")).exits(0);

    RunAnswer refused = pawl.runDocument(onServer("retry", run)).failed();
    assertThat(refused.step("load_balancer").at("/error/reason").asText())
        .isEqualTo("DELETED_AFTER_START");

    RunAnswer made = pawl.runDocument(onServer("retry", run, "--recreate")).succeeded();
    assertThat(made.steps()).contains("vpc VERIFIED", "load_balancer CREATED", "firewall CREATED");
  }

  @Test
  void exactlyOneStepIsRetriedAndWhatItConsumesIsVerified() throws Exception {
    String run = failingAt("exact", "/v2/load_balancers").run();

    JsonNode plan =
        pawl.run(onServer("retry", run, "--step", "load_balancer", "--plan", "-o", "json"))
            .exits(0)
            .json();
    RunAnswer one = pawl.runDocument(onServer("retry", run, "--step", "load_balancer")).failed();

    assertThat(one.document().path("reason").asText()).isEqualTo("STEPS_LEFT");
    assertThat(one.steps())
        .containsExactly(
            "vpc VERIFIED",
            "tag CREATED",
            "droplets VERIFIED",
            "droplets VERIFIED",
            "load_balancer CREATED",
            "firewall NOT_RUN");
    List<String> actions = new ArrayList<>();
    plan.path("steps")
        .forEach(s -> actions.add(s.path("action").asText() + " " + s.path("create").asText()));
    assertThat(actions)
        .containsExactly(
            "REUSE VERIFY",
            "REUSE null",
            "REUSE VERIFY",
            "REUSE VERIFY",
            "RERUN CREATE",
            "SKIP null");
    assertThat(reason("retry", run, "--step", "load_balancr")).isEqualTo("STEP_NOT_FOUND");
    assertThat(pawl.runDocument(onServer("retry", run)).succeeded().steps())
        .contains("firewall CREATED");
  }

  private static String reason(String... arguments) throws Exception {
    return pawl.run(with(onServer(arguments), "-o", "json"))
        .exits(1)
        .error()
        .path("reason")
        .asText();
  }

  private static List<String> listed(String... more) throws Exception {
    List<String> runs = new ArrayList<>();
    pawl.run(with(onServer("runs", "-o", "json"), more))
        .exits(0)
        .json()
        .path("runs")
        .forEach(run -> runs.add(run.path("run").asText()));
    return runs;
  }

  private static String[] onServer(String... arguments) {
    return with(arguments, "--server", server.address());
  }

  private static String[] with(String[] line, String... more) {
    List<String> all = new ArrayList<>(List.of(line));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
