package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Plans of the web tier, each compared with what the run or the retry then does. */
@Timeout(300)
class PlanTruthTest {
  private static final Map<String, String> BECOMES =
      Map.of(
          "CREATE", "CREATED",
          "REUSE", "REUSED",
          "VERIFY", "VERIFIED",
          "RECREATE", "RECREATED",
          "ADOPT", "ADOPTED",
          "UPDATE", "UPDATED");

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

  @Test
  void beforeBetweenAndAfterRuns() throws Exception {
    Path workflow = WebTier.named("told", home);

    JsonNode fresh = plan("plan", workflow.toString());
    assertThat(actions(fresh)).containsOnly("RUN");
    RunAnswer first = run(workflow).succeeded();
    assertThat(outcomes(fresh)).isEqualTo(first.steps()).isEqualTo(WebTier.CREATED);

    JsonNode again = plan("plan", workflow.toString());
    assertThat(outcomes(again))
        .isEqualTo(run(workflow).succeeded().steps())
        .isEqualTo(WebTier.KEPT);

    api.remove("/v2/droplets/" + dropletOf("told-2"));
    JsonNode lost = plan("plan", workflow.toString());
    assertThat(lost.at("/steps/3/create").asText()).isEqualTo("RECREATE");
    assertThat(lost.at("/steps/3/reasons").toString()).contains("gone");
    assertThat(outcomes(lost)).isEqualTo(run(workflow).succeeded().steps());
  }

  @Test
  void anApiThatCannotTellIsSaid() throws Exception {
    Path workflow = WebTier.named("mute", home);
    run(workflow).succeeded();
    api.arm(
        """
        {"match": "GET /v2/droplets/{id}", "fault": "status", "status": 500, "times": 50}
        """);

    JsonNode plan = plan("plan", workflow.toString());

    assertThat(outcomes(plan)).isEqualTo(WebTier.KEPT);
    assertThat(plan.at("/steps/2/reasons").toString()).contains("the API could not be asked");
    assertThat(plan.at("/steps/0/reasons").toString()).doesNotContain("could not be asked");
    assertThat(run(workflow).failed().step("droplets").path("status").asText()).isEqualTo("FAILED");
  }

  @Test
  void aRetryWithAMendedInput() throws Exception {
    Path workflow = WebTier.named("mended", home);
    api.arm(
        """
        {"match": "POST /v2/vpcs", "fault": "status", "status": 422, "times": 1, "body": "{}"}
        """);
    RunAnswer failed = run(workflow).failed();
    String[] retry = {"retry", failed.run(), "--input", "vpc_cidr=10.20.0.0/20"};

    JsonNode plan = plan(with(retry, "--plan"));

    assertThat(actions(plan)).containsExactly("RERUN", "REUSE", "RERUN", "RERUN", "RERUN", "RERUN");
    assertThat(plan.at("/steps/0/reasons").toString()).contains("failed in attempt 1");
    assertThat(plan.at("/steps/4/reasons").toString()).contains("droplets");
    RunAnswer retried = pawl.runDocument(onServer(retry)).succeeded();
    assertThat(outcomes(plan)).isEqualTo(retried.steps());
  }

  @Test
  void aMendedInputThatTouchesWhatIsThere() throws Exception {
    Path workflow = WebTier.named("touched", home);
    api.arm(
        """
        {"match": "POST /v2/firewalls", "fault": "status", "status": 422, "times": 1, "body": "{}"}
        """);
    RunAnswer failed = run(workflow).failed();

    JsonNode untouched = plan("retry", failed.run(), "--plan");
    assertThat(actions(untouched))
        .containsExactly("REUSE", "REUSE", "REUSE", "REUSE", "REUSE", "RERUN");

    JsonNode plan = plan("retry", failed.run(), "--input", "vpc_cidr=10.20.0.0/20", "--plan");
    assertThat(plan.at("/steps/0/action").asText()).isEqualTo("RERUN");
    assertThat(plan.at("/steps/0/reasons").toString())
        .contains("input vpc_cidr changed", "ARGUMENTS_CHANGED");
    assertThat(plan.at("/steps/0/differs").toString()).contains("/ip_range");
    RunAnswer retried =
        pawl.runDocument(onServer("retry", failed.run(), "--input", "vpc_cidr=10.20.0.0/20"));
    assertThat(retried.failed().step("vpc").at("/error/reason").asText())
        .isEqualTo("ARGUMENTS_CHANGED");

    JsonNode back = plan("retry", failed.run(), "--input", "vpc_cidr=10.10.0.0/20", "--plan");
    RunAnswer whole =
        pawl.runDocument(onServer("retry", failed.run(), "--input", "vpc_cidr=10.10.0.0/20"));
    assertThat(outcomes(back)).isEqualTo(whole.succeeded().steps());
  }

  /** The plan; fails if making it has sent anything but GETs, or has stored anything. */
  private static JsonNode plan(String... arguments) throws Exception {
    int before = api.requests().size();
    String stored = stored();
    JsonNode plan = pawl.run(with(onServer(arguments), "-o", "json")).exits(0).json();
    assertThat(api.requests().stream().skip(before).map(SandboxProcess.Seen::method))
        .allMatch("GET"::equals);
    assertThat(stored()).isEqualTo(stored);
    return plan;
  }

  /** Every row with its version and times. */
  private static String stored() throws Exception {
    return pawl.run(onServer("data", "list", "--limit", "1000", "-o", "json")).exits(0).out();
  }

  private static List<String> actions(JsonNode plan) {
    List<String> actions = new ArrayList<>();
    plan.path("steps").forEach(step -> actions.add(step.path("action").asText()));
    return actions;
  }

  /** What the plan says each step will come to. */
  private static List<String> outcomes(JsonNode plan) {
    List<String> outcomes = new ArrayList<>();
    for (JsonNode step : plan.path("steps")) {
      String create = step.path("create").asText();
      outcomes.add(step.path("id").asText() + " " + BECOMES.getOrDefault(create, create));
    }
    return outcomes;
  }

  private static RunAnswer run(Path workflow) throws Exception {
    return pawl.runDocument(onServer("run", workflow.toString()));
  }

  private static String dropletOf(String instance) throws Exception {
    JsonNode stored =
        pawl.run(onServer("data", "get", "digitalocean/droplet", instance, "-o", "json"))
            .exits(0)
            .json();
    return stored.path("data").path("id").asText();
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
