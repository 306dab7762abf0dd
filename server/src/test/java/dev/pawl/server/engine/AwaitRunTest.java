package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.pawl.v1.CancelRunRequest;
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
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
            start("- {id: a, method: act}", "- {id: bad, method: act}"));
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
