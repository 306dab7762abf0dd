package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.Duration;
import dev.pawl.model.Json;
import dev.pawl.server.run.RunKey;
import dev.pawl.v1.ApprovalDecision;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.DecideApprovalRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Starts that are answered when the run has ended, and starts that are repeated. */
class AwaitRunTest extends EngineTest {
  private static final Duration LONG = Duration.newBuilder().setSeconds(60).build();

  private Served served;
  private ExecutionServiceBlockingStub runs;

  @BeforeEach
  void serve() {
    served = new Served(executor);
    runs = ExecutionServiceGrpc.newBlockingStub(served.channel);
  }

  @AfterEach
  void shut() {
    served.close();
  }

  private static StartRunRequest.Builder start(String... steps) {
    return StartRunRequest.newBuilder()
        .setWait(LONG)
        .setDefinition(
            WorkflowDefinition.newBuilder()
                .setText(
                    Flow.spec(
                        "outputs: {made: \"${{ steps.a.output }}\"}", String.join("\n", steps)))
                .setFileName("w.yaml"));
  }

  private Run stored(Run run) {
    return runs.getRun(GetRunRequest.newBuilder().setRunId(run.getRunId()).build()).getRun();
  }

  @Test
  void whatIsToldFromMemoryIsWhatIsStored() {
    List<StartRunRequest.Builder> cases =
        List.of(
            start("- {id: a, method: act, with: {n: 1}}"),
            start(
                "- {id: a, method: act, with: {n: 1.5}}",
                "- {id: b, method: act, dependsOn: [a], if: \"${{ false }}\"}",
                "- {id: c, method: act, forEach: {in: \"${{ ['x', 'y'] }}\"}, dependsOn: [b]}"),
            start("- {id: awkward, method: act}", "- {id: a, method: act}"),
            start("- {id: a, method: act}", "- {id: bad, method: act}"));
    ObjectNode output = Json.object().put("zz", new BigDecimal("1.50"));
    world.give("awkward", output.put("a", new BigDecimal("1E+2")).put("of", 1.5e10));
    world.failNext("bad", World.refused("no such thing"));
    for (StartRunRequest.Builder each : cases) {
      Run told = runs.startRun(each.build()).getRun();
      assertThat(told.getStatus())
          .isIn(RunStatus.RUN_STATUS_SUCCEEDED, RunStatus.RUN_STATUS_FAILED);
      assertThat(told).isEqualTo(stored(told));
    }
  }

  @Test
  void aStartThatIsRepeatedGetsTheSameRunAndSeesThatItWasPutAside() {
    StartRunRequest request = start("- {id: a, method: act}").setIdempotencyKey("again").build();
    Run first = runs.startRun(request).getRun();

    StartRunResponse again = runs.startRun(request.toBuilder().clearWait().build());
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getRun()).isEqualTo(first).isEqualTo(stored(first));
    assertThat(world.times("a")).isEqualTo(1);

    runs.archiveRun(dev.pawl.v1.ArchiveRunRequest.newBuilder().setRunId(first.getRunId()).build());
    Run archived = runs.startRun(request).getRun();
    assertThat(archived.hasArchiveTime()).isTrue();
    assertThat(archived).isEqualTo(stored(first));
  }

  @Test
  void aRunThatTakesLongerIsAnsweredAsItIs() throws Exception {
    World.Gate gate = world.gate("a");
    StartRunRequest.Builder request = start("- {id: a, method: act}").setIdempotencyKey("slow");
    Duration little = Duration.newBuilder().setNanos(50_000_000).build();
    Run early = runs.startRun(request.setWait(little).build()).getRun();
    assertThat(early.getStatus()).isEqualTo(RunStatus.RUN_STATUS_RUNNING);

    gate.awaitReached();
    CompletableFuture<Run> attached =
        CompletableFuture.supplyAsync(() -> runs.startRun(request.setWait(LONG).build()).getRun());
    gate.open();
    assertThat(attached.get().getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCEEDED);
    assertThat(attached.get()).isEqualTo(stored(early));
  }

  @Test
  void aCancelledRunIsAnsweredAsItIsStored() throws Exception {
    World.Gate gate = world.gate("a");
    CompletableFuture<Run> waiting =
        CompletableFuture.supplyAsync(
            () ->
                runs.startRun(start("- {id: a, method: act}").setIdempotencyKey("c").build())
                    .getRun());
    gate.awaitReached();
    Run now =
        runs.startRun(start("- {id: a, method: act}").setIdempotencyKey("c").clearWait().build())
            .getRun();
    runs.cancelRun(
        CancelRunRequest.newBuilder().setRunId(now.getRunId()).setReason("enough").build());
    Run told = waiting.get();
    assertThat(told.getStatus()).isEqualTo(RunStatus.RUN_STATUS_CANCELLED);
    assertThat(told.getMessage()).isEqualTo("enough");
    assertThat(told).isEqualTo(stored(told));
  }

  /** What is known of so many steps is not kept: the answer is read. */
  @Test
  void ofManyStepsTheAnswerIsRead() throws Exception {
    for (int steps : List.of(200, 201)) {
      String each = "{in: \"${{ lists.range(" + steps + ") }}\"}";
      String flow = "- {id: a, method: act, with: {as: a}, forEach: " + each + "}";
      Optional<ReadRuns.RunView> known =
          Objects.requireNonNull(executor.claimed(Flow.steps(flow)).end()).get();
      assertThat(known.isPresent()).as("of %s steps", steps).isEqualTo(steps == 200);

      Run told = runs.startRun(start(flow).build()).getRun();
      assertThat(told.getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCEEDED);
      assertThat(told.getStepsCount()).isEqualTo(steps);
      assertThat(told).isEqualTo(stored(told));
    }
  }

  @Test
  void aRunThatIsPutDownIsAwaitedUntilItsEnd() throws Exception {
    StartRunRequest.Builder request =
        start(
                "- {id: a, method: act}",
                "- {name: ask, id: ask, model: core/approval, method: request, with: {prompt:"
                    + " \"?\"}}")
            .setIdempotencyKey("asks");
    World.Gate gate = world.gate("a");
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Run> waiting = callers.submit(() -> runs.startRun(request.build()).getRun());
      gate.awaitReached();
      RunKey run = key(request);
      gate.open();
      executor.until(
          run, e -> e.run() != null && e.run().status() == dev.pawl.server.run.RunStatus.WAITING);
      runs.decideApproval(
          DecideApprovalRequest.newBuilder()
              .setRunId(run.runId())
              .setStepId("ask")
              .setDecision(ApprovalDecision.APPROVAL_DECISION_APPROVED)
              .build());
      assertThat(waiting.get().getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCEEDED);
      assertThat(waiting.get()).isEqualTo(stored(waiting.get()));
    }
  }

  /** The run that another call has started. */
  private RunKey key(StartRunRequest.Builder request) {
    String id = runs.startRun(request.clone().clearWait().build()).getRun().getRunId();
    return new RunKey("default", id);
  }

  @Test
  void aServerThatStopsAnswersWithTheRunAsItIs() throws Exception {
    World.Gate gate = world.gate("a");
    try (Served stopping = new Served(executor);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutionServiceBlockingStub there = ExecutionServiceGrpc.newBlockingStub(stopping.channel);
      Future<Run> waiting =
          callers.submit(() -> there.startRun(start("- {id: a, method: act}").build()).getRun());
      gate.awaitReached();
      stopping.drain();
      assertThat(waiting.get().getStatus()).isEqualTo(RunStatus.RUN_STATUS_RUNNING);
      gate.open();
      assertThat(executor.end(new RunKey("default", waiting.get().getRunId())).status())
          .isEqualTo(dev.pawl.server.run.RunStatus.SUCCEEDED);
    }
  }

  @Test
  void aRunThatAnotherReplicaWorksOnIsAwaitedToo() throws Exception {
    World.Gate gate = world.gate("a");
    StartRunRequest.Builder request = start("- {id: a, method: act}").setIdempotencyKey("theirs");
    try (TestExecutor other = TestExecutor.patient(database, world);
        Served elsewhere = new Served(other);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      ExecutionServiceBlockingStub there = ExecutionServiceGrpc.newBlockingStub(elsewhere.channel);
      Run theirs = there.startRun(request.clone().clearWait().build()).getRun();
      gate.awaitReached();
      assertThat(executor.server.engine().activeRuns()).isZero();

      Future<StartRunResponse> waiting = callers.submit(() -> runs.startRun(request.build()));
      gate.open();
      assertThat(waiting.get().getReplayed()).isTrue();
      assertThat(waiting.get().getRun().getStatus()).isEqualTo(RunStatus.RUN_STATUS_SUCCEEDED);
      assertThat(waiting.get().getRun()).isEqualTo(stored(theirs));
    }
  }

  @Test
  void waitingHasALimit() {
    for (long seconds : List.of(-1L, 601L)) {
      StartRunRequest request =
          start("- {id: a, method: act}")
              .setWait(Duration.newBuilder().setSeconds(seconds))
              .build();
      assertThat(Served.refusal(() -> runs.startRun(request)).message()).contains("wait");
    }
    assertThat(world.done()).isEmpty();
  }

  @Test
  void theLatestVersionIsRunAlthoughAnotherWasTheLatestAMomentAgo() {
    put("a");
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setStoredWorkflow(WorkflowReference.newBuilder().setName("test"))
            .setWait(LONG)
            .build();
    assertThat(runs.startRun(request).getRun().getWorkflowVersion()).isEqualTo(1);

    // By another process, as far as this one knows.
    try (TestExecutor other = begin();
        Served elsewhere = new Served(other)) {
      WorkflowServiceGrpc.newBlockingStub(elsewhere.channel).putWorkflow(definition("b"));
    }
    Run second = runs.startRun(request).getRun();
    assertThat(second.getWorkflowVersion()).isEqualTo(2);
    assertThat(second.getSteps(0).getStepId()).isEqualTo("b");
    assertThat(world.done()).containsExactly("a", "b");
  }

  private void put(String step) {
    WorkflowServiceGrpc.newBlockingStub(served.channel).putWorkflow(definition(step));
  }

  private static PutWorkflowRequest definition(String step) {
    return PutWorkflowRequest.newBuilder()
        .setDefinition(
            WorkflowDefinition.newBuilder()
                .setText(Flow.spec("", "- {id: STEP, method: act}".replace("STEP", step)))
                .setFileName("w.yaml"))
        .build();
  }
}
