package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.run.Waiting.Decision;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.postgres.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs that wait: for a time and for a decision. */
@SuppressWarnings("NullAway.Init")
class WaitsTest {
  private static final String ASKS =
      """
      - {id: before, method: act}
      - {name: ask, id: ask, model: core/approval, method: request, with: {prompt: "go on?"}, dependsOn: [before]}
      - {id: after, method: act, dependsOn: [ask], with: {by: "${{ steps.ask.output.decidedBy }}"}}
      """;

  private final World world = new World();
  private TestDatabase database;
  private TestExecutor first;
  private final List<TestExecutor> others = new ArrayList<>();

  @BeforeEach
  void open() {
    database = TestDatabase.create();
    first = TestExecutor.patient(database, world);
  }

  @AfterEach
  void close() {
    others.forEach(TestExecutor::close);
    first.close();
    database.close();
  }

  private TestExecutor another() {
    TestExecutor other = TestExecutor.patient(database, world);
    others.add(other);
    return other;
  }

  private static void putDown(TestExecutor executor, RunKey run) throws InterruptedException {
    executor.until(run, e -> e.run() != null && e.run().status() == RunStatus.WAITING);
  }

  private static Decide decision(RunKey run, Decision decision) {
    return new Decide(run, StepKey.of("ask"), decision, "ann", "looks good");
  }

  private static void decide(TestExecutor at, RunKey run, Decision decision) {
    at.server.decideApproval().run(decision(run, decision));
  }

  @Test
  void aRunWhoseOpenStepsAllWaitCostsNoPlace() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    putDown(first, run);
    first.server.engine().drain(Duration.ofSeconds(20));

    RunRecord waiting = first.runs.find(run).orElseThrow();
    assertThat(waiting.status()).isEqualTo(RunStatus.WAITING);
    assertThat(waiting.executorId()).isNull();
    assertThat(first.server.engine().activeRuns()).isZero();
    assertThat(first.step(run, "ask").waitingFor()).isEqualTo("approval: go on?");
    assertThat(first.runs.isAnythingToCome()).isFalse();
  }

  @Test
  void anApprovalLetsItsRunGoOnInTheSameAttempt() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    putDown(first, run);
    long generation = first.runs.find(run).orElseThrow().generation();
    decide(first, run, Decision.APPROVED);

    RunRecord end = first.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.generation()).isGreaterThan(generation);
    assertThat(world.done()).containsExactly("before", "after");
    assertThat(first.step(run, "after").output()).isEqualTo(Json.object().put("by", "ann"));
    JsonNode answer = Objects.requireNonNull(first.step(run, "ask").output());
    assertThat(answer.path("decision").asText()).isEqualTo("APPROVED");
    assertThat(answer.path("comment").asText()).isEqualTo("looks good");
    assertThat(database.audit()).containsExactly("ann APPROVED step ask of run " + run.runId());
  }

  @Test
  void aRejectionFailsTheStepAndARetryAsksAgain() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    putDown(first, run);
    decide(first, run, Decision.REJECTED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
    StepError error = Objects.requireNonNull(first.step(run, "ask").error());
    assertThat(error.reason()).isEqualTo("APPROVAL_REJECTED");
    assertThat(error.message()).contains("ann", "looks good");
    assertThat(first.steps(run)).containsEntry("after", "NOT_RUN");

    first.server.retryRun().run(first.again(run, Json.object()));
    first.until(
        run,
        e ->
            e.step() != null && e.step().attempt() == 2 && e.step().status() == StepStatus.WAITING);
    decide(first, run, Decision.APPROVED);
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("before")).isEqualTo(1);
  }

  @Test
  void onlyTheSameAnswerMayBeRepeated() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    assertRefused(new RunKey("default", "nope"), "ask", "RUN_NOT_FOUND");
    putDown(first, run);
    assertRefused(run, "nope", "STEP_NOT_FOUND");
    assertRefused(run, "before", "NO_APPROVAL_PENDING");
    decide(first, run, Decision.APPROVED);
    decide(first, run, Decision.APPROVED);
    first.end(run);
    decide(first, run, Decision.APPROVED);
    assertThatThrownBy(() -> decide(first, run, Decision.REJECTED))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("NO_APPROVAL_PENDING"));
    assertThat(database.audit()).hasSize(1);
  }

  private void assertRefused(RunKey run, String step, String reason) {
    Decide decide = new Decide(run, StepKey.of(step), Decision.APPROVED, "ann", "");
    assertThatThrownBy(() -> first.server.decideApproval().run(decide))
        .isInstanceOfSatisfying(ServerFailure.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  @Test
  void anotherServerMayDecideAndAnotherGoesOn() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    putDown(first, run);
    TestExecutor second = another();
    first.close();
    decide(second, run, Decision.APPROVED);
    assertThat(second.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(world.times("before")).isEqualTo(1);
  }

  @Test
  void aDecisionMadeElsewhereReachesARunThatIsUnderWay() throws Exception {
    World.Gate gate = world.gate("slow");
    RunKey run = first.start(Flow.steps(ASKS + "- {id: slow, method: act}\n"));
    gate.awaitReached();
    first.until(run, e -> e.step() != null && e.step().status() == StepStatus.WAITING);
    TestExecutor second = another();
    decide(second, run, Decision.APPROVED);
    first.until(run, e -> e.step() != null && e.step().key().stepId().equals("after"));
    gate.open();
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void noDecisionIsLostThatCrossesThePuttingDown() throws Exception {
    TestExecutor second = another();
    for (int i = 0; i < 30; i++) {
      RunKey run = first.start(Flow.steps(ASKS));
      first.until(run, e -> e.step() != null && e.step().status() == StepStatus.WAITING);
      decide(i % 2 == 0 ? first : second, run, Decision.APPROVED);
      assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
    assertThat(world.times("after")).isEqualTo(30);
    assertThat(world.times("before")).isEqualTo(30);
  }

  @Test
  void aSleepEndsWhenItWasToEndWhoeverLooks() throws Exception {
    RunKey run =
        first.start(
            Flow.steps(
                """
                - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 1h}}
                - {id: after, method: act, dependsOn: [nap]}
                """));
    putDown(first, run);
    Waiting wait = first.runs.waits(run).get(0);
    assertThat(first.step(run, "nap").waitingFor()).startsWith("until 2");
    assertThat(first.runs.isAnythingToCome()).isTrue();
    first.close();
    database.timePasses(Duration.ofMinutes(50));
    TestExecutor second = another();
    assertThat(second.runs.claimWoken("nobody", 10)).isEmpty();
    database.timePasses(Duration.ofMinutes(11));
    assertThat(second.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(second.runs.waits(run)).hasSize(1);
    assertThat(second.step(run, "nap").output())
        .isEqualTo(Json.object().put("until", String.valueOf(wait.dueAt())));
  }

  @Test
  void aShortSleepIsNotLate() throws Exception {
    RunRecord run =
        first.run(
            Flow.steps(
                """
                - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 20ms}}
                - {name: past, id: past, model: core/wait, method: sleep, with: {until: "2020-01-01T00:00:00Z"}}
                """));
    assertThat(run.status()).isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aCrashDoesNotBeginASleepAnew() throws Exception {
    first.close();
    first = TestExecutor.start(database, world);
    World.Gate gate = world.gate("slow");
    RunKey run =
        first.start(
            Flow.spec(
                "recovery: {strategy: idempotent}",
                """
                - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 1h}}
                - {name: ask, id: ask, model: core/approval, method: request, with: {prompt: "?"}}
                - {id: slow, method: act}
                """));
    gate.awaitReached();
    first.until(run, e -> e.step() != null && e.step().key().stepId().equals("nap"));
    first.until(run, e -> e.step() != null && e.step().key().stepId().equals("ask"));
    database.timePasses(Duration.ofMinutes(50));
    world.noGate("slow");
    first.silence();
    TestExecutor second = TestExecutor.start(database, world);
    others.add(second);
    second.until(run, e -> e.run() != null && e.run().attempt() == 2);
    decide(second, run, Decision.APPROVED);
    putDown(second, run);
    database.timePasses(Duration.ofMinutes(11));
    RunRecord end = second.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(2);
    assertThat(second.runs.waits(run).stream().map(Waiting::dueAt).filter(Objects::nonNull))
        .hasSize(2)
        .containsOnly(
            second.runs.waits(run).stream().filter(w -> w.dueAt() != null).toList().get(0).dueAt());
  }

  @Test
  void aRunThatWaitsOutlivesItsExecutor() throws Exception {
    RunKey run = first.start(Flow.spec("recovery: {strategy: none}", ASKS));
    putDown(first, run);
    first.close();
    TestExecutor second = another();
    decide(second, run, Decision.APPROVED);
    RunRecord end = second.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(end.attempt()).isEqualTo(1);
    assertThat(end.recoveries()).isZero();
  }

  @Test
  void aRunThatWaitsCanBeCancelled() throws Exception {
    RunKey run = first.start(Flow.steps(ASKS));
    putDown(first, run);
    first.server.cancelRun().run(run, "not wanted", null);
    RunRecord end = first.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.CANCELLED);
    assertThat(end.message()).isEqualTo("not wanted");
    assertThat(first.steps(run))
        .containsEntry("before", "EXECUTED")
        .containsEntry("ask", "CANCELLED")
        .containsEntry("after", "NOT_RUN");
    assertRefused(run, "ask", "NO_APPROVAL_PENDING");
  }

  @Test
  void aRunTimesOutWhileItWaits() throws Exception {
    RunKey run = first.start(Flow.spec("timeout: 1h", ASKS));
    putDown(first, run);
    assertThat(first.runs.find(run).orElseThrow().deadlineAt()).isNotNull();
    database.timePasses(Duration.ofMinutes(61));
    RunRecord end = first.end(run);
    assertThat(end.status()).isEqualTo(RunStatus.TIMED_OUT);
    assertThat(first.steps(run)).containsEntry("ask", "CANCELLED");
  }

  @Test
  void theTimeOfWaitingCountsForTheStepsTimeout() throws Exception {
    String steps =
        """
        - {name: fail, id: fail, model: core/approval, method: request, with: {prompt: "?"}, timeout: 1h}
        - {name: no, id: no, model: core/approval, method: request, with: {prompt: "?", onTimeout: reject}, timeout: 1h}
        - {name: yes, id: yes, model: core/approval, method: request, with: {prompt: "?", onTimeout: approve}, timeout: 1h}
        - {name: nap, id: nap, model: core/wait, method: sleep, with: {duration: 2h}, timeout: 1h}
        """;
    RunKey run = first.start(Flow.steps(steps));
    putDown(first, run);
    database.timePasses(Duration.ofMinutes(61));
    assertThat(first.end(run).status()).isEqualTo(RunStatus.FAILED);
    assertThat(first.steps(run))
        .containsEntry("fail", "FAILED")
        .containsEntry("no", "FAILED")
        .containsEntry("yes", "EXECUTED")
        .containsEntry("nap", "FAILED");
    assertThat(Objects.requireNonNull(first.step(run, "fail").error()).reason())
        .isEqualTo("DEADLINE");
    assertThat(Objects.requireNonNull(first.step(run, "no").error()).reason())
        .isEqualTo("APPROVAL_REJECTED");
    assertThat(Objects.requireNonNull(first.step(run, "nap").error()).reason())
        .isEqualTo("DEADLINE");
  }

  @Test
  void iterationsWaitEachForThemselvesAndKeepTheirPlaces() throws Exception {
    RunKey run =
        first.start(
            Flow.steps(
                """
                - name: ask
                  id: ask
                  model: core/approval
                  method: request
                  forEach: {in: [a, b, c], concurrency: 2}
                  with: {prompt: "${{ each.value }}?"}
                """));
    putDown(first, run);
    assertThat(first.steps(run)).containsOnlyKeys("ask[a]", "ask[b]");
    for (String item : List.of("b", "a", "c")) {
      first.until(
          run,
          e ->
              e.step() != null
                  && e.step().key().iteration().equals(item)
                  && e.step().status() == StepStatus.WAITING);
      first
          .server
          .decideApproval()
          .run(new Decide(run, new StepKey("ask", item), Decision.APPROVED, "ann", ""));
    }
    assertThat(first.end(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(first.steps(run).values()).containsOnly("EXECUTED");
  }

  @Test
  void aThousandRunsThatWaitHoldNoPlaces() throws Exception {
    TestExecutor small = TestExecutor.start(database, world.models(), 2);
    others.add(small);
    first.close();
    String flow =
        Flow.steps(
            "- {name: ask, id: ask, model: core/approval, method: request, with: {prompt: \"?\"}}");
    List<RunKey> runs = new ArrayList<>();
    for (int i = 0; i < 1000; i++) {
      runs.add(small.start(flow));
    }
    for (RunKey run : runs) {
      putDown(small, run);
    }
    RunRecord other = small.run(Flow.steps("- {id: other, method: act}"));
    assertThat(other.status()).isEqualTo(RunStatus.SUCCEEDED);
    small.server.engine().drain(Duration.ofSeconds(20));
    assertThat(small.server.engine().activeRuns()).isZero();
  }
}
