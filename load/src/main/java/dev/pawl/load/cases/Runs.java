package dev.pawl.load.cases;

import com.google.protobuf.Duration;
import dev.pawl.load.Operation;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceStub;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import io.grpc.Channel;
import org.jspecify.annotations.Nullable;

/** Runs of a stored workflow, started with an idempotency key each and awaited. */
final class Runs {
  private static final Duration LONGEST = Duration.newBuilder().setSeconds(300).build();

  private final Channel channel;
  private final ExecutionServiceStub executions;

  Runs(Channel channel) {
    this.channel = channel;
    this.executions = ExecutionServiceGrpc.newStub(channel);
  }

  /** As a deployment does it once, so that starts need not send the definition along. */
  void store(String text) {
    WorkflowServiceGrpc.newBlockingStub(channel)
        .putWorkflow(
            PutWorkflowRequest.newBuilder()
                .setDefinition(
                    WorkflowDefinition.newBuilder().setText(text).setFileName("load.yaml"))
                .build());
  }

  StartRunRequest request(String workflow, String inputs, String key) {
    return StartRunRequest.newBuilder()
        .setStoredWorkflow(WorkflowReference.newBuilder().setName(workflow))
        .setInputsJson(inputs)
        .setIdempotencyKey(key)
        .build();
  }

  /** One call, answered when the run has ended. */
  void toTheEnd(StartRunRequest request, Operation.Ended ended) {
    executions.startRun(
        request.toBuilder().setWait(LONGEST).build(),
        new Answer<>(ended, answer -> ended.with(succeeded(answer.getRun()))));
  }

  /** One call: a run that has ended needs no watching. */
  void replay(StartRunRequest request, Operation.Ended ended) {
    executions.startRun(request, new Answer<>(ended, answer -> ended.with(replayed(answer))));
  }

  private static @Nullable Throwable replayed(StartRunResponse answer) {
    return answer.getReplayed() ? succeeded(answer.getRun()) : new IllegalStateException("new");
  }

  private static @Nullable Throwable succeeded(Run run) {
    return run.getStatus() == RunStatus.RUN_STATUS_SUCCEEDED
        ? null
        : new IllegalStateException(
            "run %s is %s: %s".formatted(run.getRunId(), run.getStatus(), run.getMessage()));
  }
}
