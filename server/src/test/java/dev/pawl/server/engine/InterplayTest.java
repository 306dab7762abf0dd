package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting.Decision;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waits and child runs where they meet retries, overrides, stops and keys. */
@SuppressWarnings("NullAway.Init")
@Timeout(300)
class InterplayTest {
  private static final String ASKS =
      """
      - {id: before, method: act}
      - {name: ask, id: ask, model: core/approval, method: request, with: {prompt: "go on?"}, dependsOn: [before]}
      - {id: after, method: act, dependsOn: [ask], with: {by: "${{ steps.ask.output.decidedBy }}"}}
      """;

  private static final String CHILD =
      """
      - name: child
        id: child
        model: core/workflow
        method: run
        with:
          workflow:
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: inside}
            spec:
              steps:
                - {id: inner, instance: inner, model: test/thing, method: act}
      """;

  private final World world = new World();
  private TestDatabase database;
  private TestExecutor executor;

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    executor = TestExecutor.patient(database, world);
  }

  @AfterEach
  void close() {
    executor.close();
    database.close();
  }

  private void putDown(RunKey run, int attempt) throws InterruptedException {
    executor.until(
        run,
        e ->
            e.run() != null
                && e.run().attempt() == attempt
                && e.run().status() == RunStatus.WAITING);
  }

  private void decide(RunKey run, Decision decision) {
    executor
        .server
        .decideApproval()
        .run(new Decide(run, StepKey.of("ask"), decision, "ann", "so be it"));
  }

  private static RetryRun.Command naming(RunKey run, String... steps) {
    return new RetryRun.Command(
        run, null, null, "", Json.object(), null, List.of(steps), false, null, "tester");
  }

  private void skip(RunKey run, String step) {
    executor
        .server
        .skipStep()
        .run(
            new SkipStep.Command(
                run,
                step,
                "",
                Json.object().put("decidedBy", "a note"),
                "decided elsewhere",
                null,
                "ann"));
  }

  private List<RunRecord> children(RunKey parent) {
    return executor.runs.children(parent);
  }

  private List<String> plan(RunKey run) throws InterruptedException {
    Plan plan = executor.server.planRetry().run(executor.again(run, Json.object()));
    return plan.steps().stream()
        .map(s -> s.key() + " " + s.action() + " " + String.join("; ", s.reasons()))
        .toList();
  }

  @Test
  void aRunThatTimedOutStaysSoWhileItsCleanupWaits() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run =
        executor.start(
            Flow.spec(
                "timeout: 200ms",
                """
                - {id: slow, method: act}
                - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 1h}, dependsOn: [slow], always: true}
                """));
    gate.awaitInterrupted();
    putDown(run, 1);
    database.timePasses(Duration.ofMinutes(61));
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(end.reason()).isEqualTo("DEADLINE");
    assertThat(executor.steps(run)).containsEntry("nap", "EXECUTED");
  }

  @Test
  void aRunThatIsCancelledWhileItWaitsRunsItsCleanupEvenIfThatWaits() throws Exception {
    RunKey run =
        executor.start(
            Flow.steps(
                ASKS
                    + """
                    - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 1h}, dependsOn: [after], always: true}
                    - {id: clean, method: act, dependsOn: [nap], always: true}
                    """));
    putDown(run, 1);
    executor.server.cancelRun().run(run, "not wanted", null);
    executor.until(
        run,
        e ->
            e.step() != null
                && e.step().key().stepId().equals("nap")
                && e.step().status() == StepStatus.WAITING);
    database.timePasses(Duration.ofMinutes(61));
    RunRecord end = executor.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(executor.steps(run))
        .containsEntry("ask", "CANCELLED")
        .containsEntry("after", "NOT_RUN")
        .containsEntry("nap", "EXECUTED")
        .containsEntry("clean", "EXECUTED");
    assertThat(world.times("clean")).isEqualTo(1);
  }

  @Test
  void aNamedChildThatHasSucceededRunsAgain() throws Exception {
    world.failNext("after", World.refused("no"));
    RunKey run = executor.run(Flow.steps(CHILD + "- {id: after, method: act}")).key();
    assertThat(world.times("inner")).isEqualTo(1);
    executor.server.retryRun().run(naming(run, "child"));
    executor.end(run);
    assertThat(world.times("inner")).isEqualTo(2);
    assertThat(world.times("after")).isEqualTo(1);
    assertThat(children(run)).hasSize(2);

    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("inner")).isEqualTo(2);
  }

  @Test
  void aNamedChildThatHasFailedGoesOn() throws Exception {
    world.failNext("inner", World.refused("no"));
    RunKey run = executor.run(Flow.steps(CHILD)).key();
    executor.server.retryRun().run(naming(run, "child"));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(run)).extracting(RunRecord::attempt).containsExactly(2);
  }

  @Test
  void aCleanupThatIsARunRunsInEveryAttempt() throws Exception {
    world.failNext("first", World.refused("no"));
    RunKey run =
        executor
            .run(
                Flow.steps(
                    "- {id: first, method: act}\n"
                        + CHILD.replace("id: child", "id: child\n  always: true")))
            .key();
    assertThat(world.times("inner")).isEqualTo(1);
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("inner")).isEqualTo(2);
  }

  @Test
  void aChildThatWasArchivedIsReplacedByAnother() throws Exception {
    world.failNext("inner", World.refused("no"));
    RunKey run = executor.run(Flow.steps(CHILD)).key();
    executor.server.archiveRun().run(children(run).getFirst().key(), "ann");
    executor.server.retryRun().run(executor.again(run, Json.object()));
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(children(run)).hasSize(2);
  }

  @Test
  void archivingARunArchivesItsChildren() throws Exception {
    world.failNext("inner", World.refused("no"));
    RunKey run = executor.run(Flow.steps(CHILD)).key();
    executor.server.archiveRun().run(run, "ann");
    assertThat(children(run))
        .hasSize(1)
        .allSatisfy(child -> assertThat(child.archivedAt()).isNotNull());
  }

  @Test
  void aNamedApprovalIsAskedForAgain() throws Exception {
    world.failNext("after", World.refused("no"));
    RunKey run = executor.start(Flow.steps(ASKS));
    putDown(run, 1);
    decide(run, Decision.APPROVED);
    executor.end(run);
    executor.server.retryRun().run(naming(run, "ask"));
    putDown(run, 2);
    decide(run, Decision.REJECTED);
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(executor.steps(run)).containsEntry("ask", "FAILED");
    assertThat(world.times("after")).isEqualTo(1);
    assertThat(world.times("before")).isEqualTo(1);
  }

  @Test
  void whatWasSaidOfAWaitAndOfAChildStandsForThem() throws Exception {
    World.Gate gate = world.gate("inner");
    RunKey run = executor.start(Flow.steps(ASKS + CHILD));
    gate.awaitReached();
    executor.until(
        run,
        e ->
            e.step() != null
                && e.step().key().stepId().equals("ask")
                && e.step().status() == StepStatus.WAITING);
    executor.server.cancelRun().run(run, "", null);
    executor.end(run);
    skip(run, "ask");
    skip(run, "child");
    assertThat(plan(run))
        .contains("ask SKIP skipped by ann: decided elsewhere")
        .contains("child SKIP skipped by ann: decided elsewhere");
    assertThat(executor.retry(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(executor.steps(run))
        .containsEntry("ask", "SKIPPED")
        .containsEntry("child", "SKIPPED");
    assertThat(executor.step(run, "after").output()).isEqualTo(Json.object().put("by", "a note"));
    assertThat(children(run)).extracting(RunRecord::attempt).containsExactly(1);
  }

  @Test
  void aPlanSaysWhatBecomesOfWaitsAndChildren() throws Exception {
    world.failNext("inner", World.refused("no"));
    RunKey run = executor.start(Flow.steps(ASKS + CHILD));
    executor.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
    decide(run, Decision.REJECTED);
    executor.end(run);
    assertThat(plan(run))
        .containsExactly(
            "before REUSE succeeded in attempt 1",
            "ask RERUN failed in attempt 1",
            "after RERUN did not run in attempt 1; depends on what ask will give",
            "child RERUN failed in attempt 1");
  }

  @Test
  void theKeyOfARunThatWaitsAttachesToIt() throws Exception {
    String flow = Flow.steps(ASKS);
    RunKey run = executor.start(flow, Json.object(), "k", StartRun.OnExisting.ATTACH).run().key();
    putDown(run, 1);
    for (StartRun.OnExisting how :
        List.of(StartRun.OnExisting.ATTACH, StartRun.OnExisting.RETRY_IF_FAILED)) {
      StartRun.Result again = executor.start(flow, Json.object(), "k", how);
      assertThat(again.replayed()).isTrue();
      assertThat(again.run().key()).isEqualTo(run);
      assertThat(again.run().status()).isEqualTo(RunStatus.WAITING);
      assertThat(again.run().attempt()).isEqualTo(1);
    }
    decide(run, Decision.REJECTED);
    executor.end(run);
    StartRun.Result retried =
        executor.start(flow, Json.object(), "k", StartRun.OnExisting.RETRY_IF_FAILED);
    assertThat(retried.replayed()).isTrue();
    putDown(run, 2);
    assertThat(executor.runs.attempts(run)).hasSize(2);
  }

  @Test
  void aRetryOfNamedStepsIsRecoveredAsSuch() throws Exception {
    executor.close();
    executor = TestExecutor.start(database, world);
    world.failNext("other", World.refused("no"));
    RunKey run =
        executor.start(
            Flow.spec("recovery: {strategy: idempotent}", ASKS + "- {id: other, method: act}\n"));
    putDown(run, 1);
    decide(run, Decision.REJECTED);
    executor.end(run);
    executor.server.retryRun().run(naming(run, "ask", "after"));
    putDown(run, 2);
    World.Gate gate = world.gate("after");
    decide(run, Decision.APPROVED);
    gate.awaitReached();
    world.noGate("after");
    executor.silence();
    try (TestExecutor second = TestExecutor.start(database, world)) {
      RunRecord end = second.end(run);
      assertThat(end.attempt()).isEqualTo(3);
      assertThat(end.reason()).isEqualTo("STEPS_LEFT");
      assertThat(second.step(run, "after").status()).isEqualTo(StepStatus.SUCCEEDED);
      assertThat(second.runs.waits(run)).hasSize(3);
      assertThat(world.times("other")).isEqualTo(1);
      assertThat(world.times("before")).isEqualTo(1);
    }
  }
}
