package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One server and one API as processes of their own; each test has resources of its own names. */
@Timeout(300)
class ServedRunsTest {
  private static final String OVERLAP = "This range overlaps with another VPC network.";
  private static final String REFUSE_VPC =
      """
      {"match": "POST /v2/vpcs", "fault": "status", "status": 422, "times": 1,
       "body": "{\\"id\\": \\"unprocessable_entity\\", \\"message\\": \\"%s\\"}"}
      """
          .formatted(OVERLAP);

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
            pawl.emptyDirectory("data"),
            "--port",
            "0",
            "--connection",
            "digitalocean=" + api.url());
  }

  @AfterAll
  static void end() throws Exception {
    pawl.end();
  }

  @AfterEach
  void disarm() throws Exception {
    api.disarm();
  }

  @Test
  void theSecondRunSendsNoPost() throws Exception {
    Path workflow = WebTier.named("twice", home);
    int before = api.requests().size();
    assertThat(run(workflow).succeeded().steps()).isEqualTo(WebTier.CREATED);
    assertThat(api.postsAfter(before)).isEqualTo(WebTier.POSTS);
    int after = api.requests().size();

    assertThat(run(workflow).succeeded().steps()).isEqualTo(WebTier.KEPT);

    assertThat(api.postsAfter(after)).isEmpty();
  }

  @Test
  void aRefusedCreateIsMadeByTheNextRun() throws Exception {
    Path workflow = WebTier.named("refused", home);
    int before = api.requests().size();
    api.arm(REFUSE_VPC);

    RunAnswer failed = run(workflow).failed();

    assertThat(failed.steps())
        .startsWith("vpc FAILED", "tag CREATED")
        .endsWith("load_balancer NOT_RUN", "firewall NOT_RUN");
    JsonNode error = failed.step("vpc").path("error");
    assertThat(error.path("message").asText()).contains(OVERLAP);
    assertThat(error.path("request").path("method").asText()).isEqualTo("POST");
    assertThat(error.path("request").path("path").asText()).isEqualTo("/v2/vpcs");
    assertThat(error.path("request").path("status").asInt()).isEqualTo(422);
    assertThat(pawl.run(onServer("logs", failed.run())).out())
        .contains("POST /v2/vpcs: 422 in")
        .contains("POST /v2/tags: 201 in");
    assertThat(api.postsAfter(before)).containsExactly("/v2/tags", "/v2/vpcs");

    assertThat(run(workflow).succeeded().steps()).contains("vpc CREATED", "tag REUSED");

    assertOnePostForEachResource(before);
  }

  @Test
  void aRefusedCreateIsMadeByTheRetry() throws Exception {
    Path workflow = WebTier.named("retried", home);
    int before = api.requests().size();
    api.arm(REFUSE_VPC);
    RunAnswer failed = run(workflow).failed();

    RunAnswer retried =
        pawl.runDocument(onServer("retry", failed.run(), "--input", "vpc_cidr=10.20.0.0/20"));

    assertThat(retried.succeeded().steps())
        .containsExactly(
            "vpc CREATED",
            "tag REUSED",
            "droplets CREATED",
            "droplets CREATED",
            "load_balancer CREATED",
            "firewall CREATED");
    assertThat(retried.run()).isEqualTo(failed.run());
    assertThat(retried.document().path("attempt").asInt()).isEqualTo(2);
    assertOnePostForEachResource(before);
  }

  @Test
  void aDeletedDropletIsTheOneThatIsMadeAgain() throws Exception {
    Path workflow = WebTier.named("deleted", home);
    run(workflow).succeeded();
    String lost = dropletOf("deleted-1");
    api.remove("/v2/droplets/" + lost);
    int before = api.requests().size();

    RunAnswer again = run(workflow).succeeded();

    assertThat(again.steps()).filteredOn(step -> step.endsWith("RECREATED")).hasSize(1);
    assertThat(again.step("droplets").path("instance").asText()).isEqualTo("deleted-1");
    assertThat(again.step("droplets").path("outcome").asText()).isEqualTo("RECREATED");
    assertThat(api.postsAfter(before)).containsExactly("/v2/droplets");
    assertThat(dropletOf("deleted-1")).isNotEqualTo(lost);
  }

  @Test
  void anApiThatCannotTellIsAskedForNothing() throws Exception {
    Path workflow = WebTier.named("untold", home);
    run(workflow).succeeded();
    int before = api.requests().size();
    api.arm(
        """
        {"match": "GET /v2/droplets/{id}", "fault": "status", "status": 500, "times": 50}
        """);

    RunAnswer failed = run(workflow).failed();

    JsonNode error = failed.step("droplets").path("error");
    assertThat(error.path("request").path("method").asText()).isEqualTo("GET");
    assertThat(error.path("request").path("status").asInt()).isEqualTo(500);
    assertThat(api.postsAfter(before)).isEmpty();
  }

  @Test
  void aStrangersNotFoundIsNoProof() throws Exception {
    Path workflow = WebTier.named("strange", home);
    run(workflow).succeeded();
    int before = api.requests().size();
    api.arm(
        """
        {"match": "GET /v2/droplets/{id}", "fault": "status", "status": 404, "times": 1,
         "contentType": "text/html", "body": "<html><h1>Not Found</h1></html>"}
        """);

    assertThat(run(workflow).succeeded().steps()).isEqualTo(WebTier.KEPT);

    assertThat(api.requests().stream().skip(before))
        .anyMatch(seen -> seen.path().startsWith("/v2/droplets/") && seen.status() == 404);
    assertThat(api.postsAfter(before)).isEmpty();
  }

  @Test
  void tenAtOnceMakeEverythingOnce() throws Exception {
    Path workflow = WebTier.named("ten", home);
    int before = api.requests().size();
    List<RunningCommand> ten = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ten.add(pawl.start(onServer("run", workflow.toString(), "-o", "json")));
    }

    List<String> steps = new ArrayList<>();
    for (RunningCommand each : ten) {
      steps.addAll(RunAnswer.of(each.finish()).succeeded().steps());
    }

    assertThat(api.postsAfter(before)).isEqualTo(WebTier.POSTS);
    assertThat(steps).hasSize(60).filteredOn(s -> s.endsWith(" CREATED")).hasSize(6);
  }

  @Test
  void oneKeyIsOneRun() throws Exception {
    Path workflow = WebTier.named("keyed", home);
    RunAnswer first = run(workflow, "--idempotency-key", "deploy-1").succeeded();
    assertThat(first.replayed()).isFalse();
    int before = api.requests().size();

    RunAnswer again = run(workflow, "--idempotency-key", "deploy-1").succeeded();

    assertThat(again.replayed()).isTrue();
    assertThat(again.run()).isEqualTo(first.run());
    assertThat(api.requests()).hasSize(before);

    JsonNode error =
        pawl.run(
                onServer(
                    "run",
                    workflow.toString(),
                    "--idempotency-key",
                    "deploy-1",
                    "--input",
                    "region=ams3",
                    "-o",
                    "json"))
            .exits(1)
            .error();
    assertThat(error.path("reason").asText()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(error.path("message").asText()).contains("deploy-1", first.run(), "inputs.region");
    assertThat(api.requests()).hasSize(before);
  }

  @Test
  void aStoredWorkflowRunsByItsName() throws Exception {
    Path workflow = WebTier.named("stored", home);
    String name = "stored-tier";
    JsonNode first = put(workflow, "--expected-version", "0", "--idempotency-key", "push-1");
    assertThat(first.path("version").asInt()).isEqualTo(1);
    assertThat(first.path("replayed").asBoolean()).isFalse();
    assertThat(put(workflow, "--expected-version", "0", "--idempotency-key", "push-1"))
        .isEqualTo(((com.fasterxml.jackson.databind.node.ObjectNode) first).put("replayed", true));
    Files.writeString(workflow, Files.readString(workflow).replace("10.10.0.0", "10.30.0.0"));
    assertThat(put(workflow).path("version").asInt()).isEqualTo(2);
    JsonNode stale =
        pawl.run(
                onServer(
                    "workflow",
                    "put",
                    workflow.toString(),
                    "--expected-version",
                    "1",
                    "-o",
                    "json"))
            .exits(1)
            .error();
    assertThat(stale.path("reason").asText()).isEqualTo("VERSION_CHANGED");

    Finished text = pawl.run(onServer("workflow", "get", name)).exits(0);
    assertThat(text.out()).isEqualTo(Files.readString(workflow));
    JsonNode versions = pawl.run(onServer("workflow", "list", name, "-o", "json")).exits(0).json();
    assertThat(versions.path("workflows").findValuesAsText("version")).containsExactly("2", "1");

    String[] old = onServer("run", "--workflow", name + "@1", "--input", "region=nyc3");
    assertThat(pawl.runDocument(old).succeeded().steps()).isEqualTo(WebTier.CREATED);
    pawl.run(onServer("plan", "--workflow", name + "@1")).exits(0);
    JsonNode none =
        pawl.run(onServer("run", "--workflow", "nobody", "-o", "json")).exits(1).error();
    assertThat(none.path("reason").asText()).isEqualTo("WORKFLOW_NOT_FOUND");
  }

  private static JsonNode put(Path workflow, String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("workflow", "put", workflow.toString()));
    line.addAll(List.of("-o", "json"));
    line.addAll(List.of(more));
    return pawl.run(onServer(line.toArray(String[]::new))).exits(0).json();
  }

  private static RunAnswer run(Path workflow, String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("run", workflow.toString()));
    line.addAll(List.of(more));
    return pawl.runDocument(onServer(line.toArray(String[]::new)));
  }

  private static String[] onServer(String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--server", server.address()));
    return line.toArray(String[]::new);
  }

  private static String dropletOf(String instance) throws Exception {
    JsonNode stored =
        pawl.run(onServer("data", "get", "digitalocean/droplet", instance, "-o", "json"))
            .exits(0)
            .json();
    return stored.path("data").path("id").asText();
  }

  /** Of what was sent since then, one POST answered 2xx for each resource that exists now. */
  private static void assertOnePostForEachResource(int before) throws Exception {
    List<String> made =
        api.requests().stream()
            .skip(before)
            .filter(SandboxProcess.Seen::isCreated)
            .map(SandboxProcess.Seen::path)
            .sorted()
            .toList();
    assertThat(made).isEqualTo(WebTier.POSTS);
  }
}
