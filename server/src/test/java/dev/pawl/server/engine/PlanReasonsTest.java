package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a plan says of each step. */
class PlanReasonsTest extends EngineTest {
  private static final String FLOW =
      Flow.spec(
          "inputs: {x: {type: integer, default: 1}, y: {type: integer, default: 1}}",
          """
          - {id: late, method: act, dependsOn: [bad]}
          - {id: a, method: act, with: {x: "${{ inputs.x }}", y: "${{ inputs.y }}"}}
          - {id: b, method: act, with: {was: "${{ steps.a.output.x }}"}}
          - {id: c, method: act, dependsOn: [a]}
          - {id: soft, method: act, continueOnError: true}
          - {id: login, method: act}
          - {id: bad, method: act, recovery: {dependsOn: [login]}}
          - {id: clean, method: act, always: true}
          """);

  @SuppressWarnings("NullAway.Init")
  private RunKey run;

  @BeforeEach
  void fail() throws InterruptedException {
    world.failNext("bad", World.refused("no"));
    world.failNext("soft", World.refused("no"));
    run = executor.start(FLOW);
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
  }

  private Map<String, String> plan(
      @Nullable String definition, ObjectNode inputs, @Nullable String from, String... steps)
      throws InterruptedException {
    return executor
        .server
        .planRetry()
        .run(
            new RetryRun.Command(
                run, null, definition, "m.yaml", inputs, from, List.of(steps), false, null, "me"))
        .steps()
        .stream()
        .collect(
            Collectors.toMap(
                s -> s.key().toString(), s -> s.action() + ": " + String.join("; ", s.reasons())));
  }

  @Test
  void ofWhatFailedAndWhatStands() throws Exception {
    assertThat(plan(null, Json.object(), null))
        .isEqualTo(
            Map.of(
                "a", "REUSE: succeeded in attempt 1",
                "b", "REUSE: succeeded in attempt 1",
                "c", "REUSE: succeeded in attempt 1",
                "soft", "REUSE: failed in attempt 1, which continueOnError lets pass",
                "login", "RERUN: runs again with bad, which names it in recovery.dependsOn",
                "bad", "RERUN: failed in attempt 1",
                "late", "RERUN: did not run in attempt 1; downstream of bad",
                "clean", "RERUN: runs once in every attempt"));
  }

  @Test
  void ofWhatWasMended() throws Exception {
    assertThat(plan(null, Json.object().put("y", 2), null))
        .containsEntry("a", "RERUN: input y changed")
        .containsEntry("b", "RERUN: depends on what a will give")
        .containsEntry("c", "RERUN: downstream of a");
    String mended = FLOW.replace("with: {x: ", "with: {z: 1, x: ");
    assertThat(plan(mended, Json.object(), null))
        .containsEntry("a", "RERUN: its definition changed: with.z");
    assertThat(plan(mended, Json.object().put("x", 5).put("y", 5), null))
        .containsEntry(
            "a", "RERUN: its definition changed: with.z; input x changed; input y changed");
  }

  @Test
  void ofWhatWasNamed() throws Exception {
    assertThat(plan(null, Json.object(), "a"))
        .containsEntry("a", "RERUN: named by --from")
        .containsEntry("c", "RERUN: downstream of a, which --from names");
    assertThat(plan(null, Json.object().put("x", 2), null, "c"))
        .containsEntry("c", "RERUN: named by --step")
        .containsEntry(
            "a", "REUSE: succeeded in attempt 1; input x changed, but only the named steps run")
        .containsEntry("bad", "SKIP: it is not among the steps that --step names")
        .containsEntry("login", "REUSE: succeeded in attempt 1");
  }

  @Test
  void inTheOrderOfTheFile() throws Exception {
    assertThat(
            executor.server.planRetry().run(executor.again(run, Json.object())).steps().stream()
                .map(s -> s.key().stepId()))
        .containsExactly("late", "a", "b", "c", "soft", "login", "bad", "clean");
  }
}
