package dev.pawl.cli.training;

import com.google.protobuf.Timestamp;
import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceImplBase;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.GetRunResponse;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.Outcome;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunChanged;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.StepChanged;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;

/** A service with a single run that has ended. */
final class OneRun extends ExecutionServiceImplBase {
  static final String ID = "training";

  private static final StepExecution STEP =
      StepExecution.newBuilder()
          .setStepId("step")
          .setStatus(StepStatus.STEP_STATUS_SUCCEEDED)
          .setOutcome(Outcome.OUTCOME_CREATED)
          .setStartTime(Timestamp.newBuilder().setSeconds(1))
          .setEndTime(Timestamp.newBuilder().setSeconds(2))
          .build();
  private static final Run RUN =
      Run.newBuilder()
          .setRunId(ID)
          .setStatus(RunStatus.RUN_STATUS_SUCCEEDED)
          .setAttempt(1)
          .addSteps(STEP)
          .build();

  @Override
  public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answers) {
    answers.onNext(StartRunResponse.newBuilder().setRun(RUN).build());
    answers.onCompleted();
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> answers) {
    if (!request.getRunId().equals(ID)) {
      answers.onError(
          StatusProto.toStatusException(
              Status.newBuilder().setCode(Code.NOT_FOUND_VALUE).setMessage("no such run").build()));
      return;
    }
    answers.onNext(GetRunResponse.newBuilder().setRun(RUN).build());
    answers.onCompleted();
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answers) {
    answers.onNext(ListRunsResponse.newBuilder().addRuns(RUN).build());
    answers.onCompleted();
  }

  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answers) {
    answers.onNext(
        WatchRunResponse.newBuilder()
            .setSequence(1)
            .setStepChanged(StepChanged.newBuilder().setStep(STEP))
            .build());
    answers.onNext(
        WatchRunResponse.newBuilder()
            .setSequence(2)
            .setRunChanged(RunChanged.newBuilder().setRun(RUN))
            .build());
    answers.onCompleted();
  }
}
