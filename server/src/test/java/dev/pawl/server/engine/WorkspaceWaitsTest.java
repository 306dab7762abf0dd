package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import org.junit.jupiter.api.Test;

/** What a run that was put down finds in its workspace. */
class WorkspaceWaitsTest extends WorkspaceTest {
  private static final String ASK =
      "- {name: ask, id: ask, model: core/approval, method: request, with: {prompt: '?'}}";

  private void waits(RunKey run, int attempt) throws InterruptedException {
    first.until(
        run,
        e ->
            e.run() != null
                && e.run().attempt() == attempt
                && e.run().status() == RunStatus.WAITING);
  }

  private void decide(RunKey run, Waiting.Decision decision) {
    first.server.decideApproval().run(new Decide(run, StepKey.of("ask"), decision, "ann", ""));
  }

  @Test
  void aRunThatWasPutDownFindsItsFilesInEveryAttempt() throws Exception {
    writes("one");
    writes("two");
    RunKey run =
        first.start(
            Flow.steps(
                "- {id: one, method: act}\n"
                    + ASK.replace("'?'}", "'?'}, dependsOn: [one]")
                    + "\n- {id: two, method: act, dependsOn: [ask]}"));
    waits(run, 1);
    decide(run, Waiting.Decision.REJECTED);
    first.end(run);
    first.server.retryRun().run(first.again(run, Json.object()));
    waits(run, 2);
    decide(run, Waiting.Decision.APPROVED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done()).containsExactly("one finds {}", "two finds {one=one}");
  }

  /** What has failed in this attempt has left nothing in it, also if the run is put down since. */
  @Test
  void filesOfWhatWasToRunAgainAreNotTakenAfterAWait() throws Exception {
    writes("one");
    writes("two");
    writes("three");
    String flow =
        Flow.spec(
            "inputs: {v: {type: string, default: ''}}",
            """
            - {id: one, method: act}
            - {id: two, method: act, dependsOn: [one], with: {v: "${{ inputs.v }}"}, continueOnError: true}
            """
                + ASK.replace("'?'}", "'?'}, dependsOn: [two]")
                + "\n- {id: three, method: act, dependsOn: [ask]}");
    RunKey run = first.start(flow);
    waits(run, 1);
    decide(run, Waiting.Decision.REJECTED);
    first.end(run);
    failing.add("two");
    first.server.retryRun().run(first.again(run, Json.object().put("v", "new")));
    waits(run, 2);
    decide(run, Waiting.Decision.APPROVED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(script.done())
        .containsExactly(
            "one finds {}", "two finds {one=one}", "two finds {one=one}", "three finds {one=one}");
  }
}
