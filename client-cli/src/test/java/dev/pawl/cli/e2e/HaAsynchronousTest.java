package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.e2e.AdversarialApi.Fault;
import dev.pawl.cli.e2e.AdversarialApi.Made;
import dev.pawl.cli.e2e.AdversarialApi.Rule;
import dev.pawl.cli.e2e.CrashCell.Signal;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunResponse;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a standby that commits do not wait for costs: acknowledged writes are lost by a failover,
 * intents among them, while their objects exist. {@code pawl data audit} names them, {@code pawl
 * data rebuild} takes them back; without it a run makes them a second time.
 */
@Tag("crash")
@Timeout(1800)
@EnabledIfSystemProperty(named = HaBed.WAY, matches = "haproxy|jdbc")
class HaAsynchronousTest {
  private static final String TYPE = "adversary/server";

  /** Its end was read. */
  private final CrashRun ended = new CrashRun("server", "ended", 1);

  /** Its first object is made, and not answered yet. */
  private final CrashRun open = new CrashRun("server", "open", 1);

  /** Run again without a rebuild. */
  private final CrashRun careless = new CrashRun("server", "careless", 1);

  private final List<String> story = new ArrayList<>();
  @TempDir Path home;
  private HaBed bed;

  @BeforeEach
  void start() throws Exception {
    bed = new HaBed(home);
  }

  @AfterEach
  void end() throws Exception {
    if (bed != null) {
      bed.close();
    }
    Files.write(Path.of("target/ha-asynchronous.md"), story);
  }

  @Test
  void whatAFailoverForgetsIsNamedAndTakenBack() throws Exception {
    String installation = data("list").path("installationId").asText();
    bed.cluster().becomeAsynchronous();
    bed.cluster().cutReplication();
    String endedRun = runToItsEnd(ended);
    runToItsEnd(careless);
    String openRun = failOverWithin(open);

    assertThat(made(ended)).containsExactly(1, 1, 1);
    assertThat(made(open)).containsExactly(1, 0, 0);
    assertLost(endedRun);
    assertLost(openRun);
    auditFinds("UNOWNED", ended, "ended-s1", "ended-s2", "ended-s3");
    auditFinds("UNOWNED", open, "open-s1");

    rebuild(installation, ended, "FOUND", "FOUND", "FOUND");
    rebuild(installation, open, "FOUND", "ABSENT", "ABSENT");
    again(ended, "VERIFIED", "VERIFIED", "VERIFIED");
    again(open, "VERIFIED", "CREATED", "CREATED");
    assertThat(made(ended)).containsExactly(1, 1, 1);
    assertThat(made(open)).containsExactly(1, 1, 1);
    auditFinds("nothing", ended);
    auditFinds("nothing", open);

    again(careless, "CREATED", "CREATED", "CREATED");
    assertThat(made(careless)).containsExactly(2, 2, 2);
    auditFinds("DUPLICATE", careless, "careless-s1", "careless-s2", "careless-s3");
  }

  private String runToItsEnd(CrashRun run) throws Exception {
    String id = start(run);
    Await.until("the run " + run.id() + " succeeds", () -> status(id) == succeeded());
    tell("run %s: %s acknowledged", run.id(), succeeded());
    return id;
  }

  private static RunStatus succeeded() {
    return RunStatus.RUN_STATUS_SUCCEEDED;
  }

  private RunStatus status(String id) {
    GetRunRequest request = GetRunRequest.newBuilder().setRunId(id).build();
    return bed.servers().any().execution().getRun(request).getRun().getStatus();
  }

  private String start(CrashRun run) {
    StartRunResponse answer = bed.servers().any().execution().startRun(run.request());
    assertThat(answer.getReplayed()).as("%s is a run of before", run.id()).isFalse();
    return answer.getRun().getRunId();
  }

  private String failOverWithin(CrashRun run) throws Exception {
    Gate gate = new Gate();
    bed.api.rules(
        new Rule(
            r -> r.isPost() && r.name().equals(run.disturbedInstance()), Fault.NONE, null, gate));
    String id = start(run);
    Await.until("the object of " + run.id() + " is made", () -> gate.held() == 1);
    for (int i = 0; i < 2; i++) {
      bed.servers().kill(bed.servers().any());
    }
    bed.cluster().lose(Signal.NODE, gate::open);
    bed.api.rules();
    bed.servers().complete();
    tell("primary and servers lost while %s is made and not answered", run.disturbedInstance());
    return id;
  }

  private void assertLost(String run) {
    assertThatThrownBy(() -> status(run))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("NOT_FOUND");
    tell("run %s: the new primary has no such run", run);
  }

  private List<Integer> made(CrashRun run) {
    return run.instances().stream().map(each -> bed.api.made(each).size()).toList();
  }

  /** What is lost has no key any more, so findings are told by the objects' ids. */
  private void auditFinds(String finding, CrashRun of, String... instances) throws Exception {
    List<String> ids = bed.api.ledger().stream().filter(m -> isOf(of, m)).map(Made::id).toList();
    List<String> found = new ArrayList<>();
    for (JsonNode each : data("audit", "--type", TYPE).path("findings")) {
      for (JsonNode id : each.path("externalIds")) {
        if (ids.contains(id.asText())) {
          assertThat(each.path("finding").asText()).as("%s", each).isEqualTo(finding);
          found.add(name(id.asText()));
        }
      }
    }
    tell("audit of %s: %s", of.id(), found.isEmpty() ? "nothing" : finding + " " + found);
    assertThat(found.stream().distinct().toList()).containsExactlyInAnyOrder(instances);
  }

  private static boolean isOf(CrashRun run, Made made) {
    return run.instances().contains(made.name());
  }

  private String name(String id) {
    return bed.api.ledger().stream()
        .filter(m -> m.id().equals(id))
        .findFirst()
        .orElseThrow()
        .name();
  }

  private void rebuild(String installation, CrashRun run, String... results) throws Exception {
    Path file =
        Files.writeString(
            home.resolve(run.id() + ".yaml"), run.request().getDefinition().getText());
    List<String> told = new ArrayList<>();
    JsonNode answer =
        data("rebuild", "--from-provider", "--installation-id", installation, file.toString());
    answer.path("resources").forEach(each -> told.add(each.path("result").asText()));
    tell("rebuild of %s: %s", run.id(), told);
    assertThat(told).containsExactly(results);
  }

  private void again(CrashRun run, String... outcomes) throws Exception {
    String id = start(run);
    RunAnswer answer =
        RunAnswer.of(bed.pawl.run("watch", id, "--server", address(), "-o", "json")).succeeded();
    List<String> told = answer.steps().stream().map(step -> step.split(" ")[1]).toList();
    tell("%s again: %s; objects %s", run.id(), told, made(run));
    assertThat(told).containsExactly(outcomes);
  }

  private String address() {
    return bed.servers().any().process().address();
  }

  private JsonNode data(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of("data"));
    line.addAll(List.of(arguments));
    line.addAll(List.of("--server", address(), "-o", "json"));
    return bed.pawl.run(line.toArray(String[]::new)).json();
  }

  private void tell(String format, Object... values) {
    story.add("- " + format.formatted(values));
    System.out.println(story.getLast());
  }
}
