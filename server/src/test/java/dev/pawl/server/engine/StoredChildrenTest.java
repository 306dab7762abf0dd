package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.store.RunQuery;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Child runs of workflows that were put by name. */
class StoredChildrenTest extends EngineTest {
  private static final String FIRST = child("inner");

  private static String child(String step) {
    return Flow.spec(
        "inputs: {x: {type: integer, default: 1}}\noutputs: {got: \"${{ steps.STEP.output.x }}\"}"
            .replace("STEP", step),
        "- {id: STEP, method: act, with: {x: \"${{ inputs.x }}\"}}".replace("STEP", step));
  }

  private void put(String name, String text) {
    executor
        .server
        .putWorkflow()
        .run(
            new PutWorkflow.Command(
                "default", text.replace("name: test", "name: " + name), "w.yaml", null, null));
  }

  private static String parent(String stored) {
    return Flow.spec(
        "inputs: {which: {type: string, default: none}}",
        """
        - name: child
          id: child
          model: core/workflow
          method: run
          with: {stored: "STORED", inputs: {x: 7}}
        - {id: after, method: act, with: {got: "${{ steps.child.output.got }}"}}
        """
            .replace("STORED", stored));
  }

  private List<RunRecord> children(RunKey parent) {
    return executor.runs.list(new RunQuery("default", null, 100, Set.of(), null)).stream()
        .filter(r -> parent.equals(r.parentRun()))
        .toList();
  }

  private StepError error(RunKey run) {
    return Objects.requireNonNull(executor.step(run, "child").error());
  }

  @Test
  void theLatestRunsOrTheOneThatIsNamedAndTheChildSaysWhich() throws Exception {
    put("versions", FIRST);
    put("versions", child("second"));

    RunRecord latest = executor.run(parent("versions"));
    assertThat(latest.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(latest.key()))
        .singleElement()
        .satisfies(
            child -> {
              assertThat(child.workflowName()).isEqualTo("versions");
              assertThat(child.workflowVersion()).isEqualTo(2);
            });
    assertThat(executor.step(latest.key(), "after").output())
        .isEqualTo(Json.object().put("got", 7));

    RunKey named =
        executor.start(parent("${{ inputs.which }}"), Json.object().put("which", "versions@1"));
    assertThat(executor.end(named).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(named)).singleElement().returns(1L, RunRecord::workflowVersion);
    assertThat(world.done()).containsExactly("second", "after", "inner", "after");
  }

  @Test
  void aRetryGoesOnWithTheChildWhileTheNameMeansTheSame() throws Exception {
    put("same", FIRST);
    world.failNext("inner", World.refused("no such size"));
    RunKey run = executor.run(parent("same")).key();
    put("same", child("other"));
    put("same", FIRST);

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(run))
        .singleElement()
        .satisfies(
            child -> {
              assertThat(child.attempt()).isEqualTo(2);
              assertThat(child.workflowVersion()).isEqualTo(1);
            });
  }

  @Test
  void aRetryStartsAnotherChildWhenTheNameMeansSomethingElse() throws Exception {
    put("mended", FIRST);
    world.failNext("inner", World.refused("no such size"));
    RunKey run = executor.run(parent("mended")).key();
    put("mended", child("other"));

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(run))
        .extracting(child -> child.workflowVersion() + " " + child.status())
        .containsExactly("2 SUCCEEDED", "1 FAILED");
    assertThat(world.times("inner")).isEqualTo(1);
  }

  @Test
  void aStepThatHasSucceededIsKeptThoughTheNameMeansSomethingElse() throws Exception {
    put("kept", FIRST);
    world.failNext("after", World.refused("not now"));
    RunKey run = executor.run(parent("kept")).key();
    put("kept", child("other"));

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(run)).singleElement().returns(1L, RunRecord::workflowVersion);
    assertThat(world.times("other")).isZero();
  }

  @Test
  void whatIsNotStoredFailsTheStepAndNamesWhatWasMeant() throws Exception {
    put("release", FIRST);
    RunRecord unknown = executor.run(parent("relaese"));
    assertThat(unknown.status()).isEqualTo(RunStatus.FAILED);
    assertThat(error(unknown.key()).reason()).isEqualTo("WORKFLOW_NOT_FOUND");
    assertThat(error(unknown.key()).message()).contains("relaese", "did you mean release?");

    RunKey old = executor.run(parent("release@4")).key();
    assertThat(error(old).reason()).isEqualTo("WORKFLOW_NOT_FOUND");
    assertThat(error(old).message()).contains("no version 4", "latest is 1");

    RunKey nonsense =
        executor.start(parent("${{ inputs.which }}"), Json.object().put("which", "release@new"));
    executor.end(nonsense);
    assertThat(error(nonsense).reason()).isEqualTo("INVALID_ARGUMENTS");
    assertThat(error(nonsense).message()).contains("NAME@VERSION");
    assertThat(children(nonsense)).isEmpty();
  }

  @Test
  void aStoredWorkflowThatRunsItselfComesToAnEnd() throws Exception {
    String endless = parent("endless").replace(", inputs: {x: 7}", "");
    put("endless", endless);
    RunRecord run = executor.run(endless);
    assertThat(run.status()).isEqualTo(RunStatus.FAILED);
    assertThat(run.message()).contains("10th workflow one inside the other");
  }
}
