package dev.pawl.server.api;

import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.map.DataMapper;
import dev.pawl.server.api.map.EventMapper;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.JsonText;
import dev.pawl.server.api.map.Keys;
import dev.pawl.server.api.map.Masks;
import dev.pawl.server.api.map.PlanMapper;
import dev.pawl.server.api.map.RunCommands;
import dev.pawl.server.api.map.RunMapper;
import dev.pawl.server.engine.CheckCall;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.ReadRuns;
import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.Decide;
import dev.pawl.v1.ArchiveRunRequest;
import dev.pawl.v1.ArchiveRunResponse;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.CancelRunResponse;
import dev.pawl.v1.DecideApprovalRequest;
import dev.pawl.v1.DecideApprovalResponse;
import dev.pawl.v1.ExecuteMethodRequest;
import dev.pawl.v1.ExecuteMethodResponse;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.GetRunResponse;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.ListLogLinesResponse;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.PlanRetryRequest;
import dev.pawl.v1.PlanRetryResponse;
import dev.pawl.v1.PlanRunRequest;
import dev.pawl.v1.PlanRunResponse;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.RetryRunResponse;
import dev.pawl.v1.Run;
import dev.pawl.v1.SkipStepRequest;
import dev.pawl.v1.SkipStepResponse;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.Context;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.time.Duration;

/** {@code pawl.v1.ExecutionService}. */
public final class ExecutionApi extends ExecutionServiceGrpc.ExecutionServiceImplBase {
  private final RunVerbs runs;
  private final CheckCall checkCall;
  private final ReadData readData;
  private final ListRuns listRuns;
  private final ListLogLines listLogLines;
  private final OpenStreams streams;

  @Inject
  public ExecutionApi(RunVerbs runs, CheckCall checkCall, ReadData readData, OpenStreams streams) {
    this.runs = runs;
    this.checkCall = checkCall;
    this.readData = readData;
    this.listRuns = new ListRuns(runs);
    this.listLogLines = new ListLogLines(runs);
    this.streams = streams;
  }

  @Override
  public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> out) {
    Answer.whileWanted(
        "StartRun",
        out,
        () -> {
          Duration wait = RunCommands.wait(request);
          StartRun.Result started = runs.start(RunCommands.start(request, Requester.current()));
          return StartRunResponse.newBuilder()
              .setRun(RunMapper.run(view(started, wait)))
              .setReplayed(started.replayed())
              .build();
        });
  }

  private RunView view(StartRun.Result started, Duration wait) throws InterruptedException {
    return started.replayed() || wait.isPositive()
        ? awaited(started, wait)
        : ReadRuns.started(started.run());
  }

  /** A server that stops answers with the run as it is: others go on with it. */
  private RunView awaited(StartRun.Result started, Duration wait) throws InterruptedException {
    Runnable stop = Thread.currentThread()::interrupt;
    streams.opened(stop);
    try {
      return runs.await(started, wait);
    } catch (InterruptedException e) {
      if (Context.current().isCancelled()) {
        throw e;
      }
      return runs.find(started.run().key());
    } finally {
      streams.closed(stop);
    }
  }

  @Override
  public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> out) {
    Answer.with(
        "GetRun",
        out,
        () -> {
          RunKey key = Keys.run(request.getNamespace(), request.getRunId());
          Masks mask = Masks.of(request.getReadMask(), Run.getDescriptor());
          return GetRunResponse.newBuilder().setRun(mask.trimmed(whole(key))).build();
        });
  }

  @Override
  public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> out) {
    Answer.with("ListRuns", out, () -> listRuns.page(request));
  }

  @Override
  public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> out) {
    new StreamedAnswer<>("WatchRun", streams, out)
        .start(
            to -> {
              RunKey run = Keys.run(request.getNamespace(), request.getRunId());
              long from = Fields.notNegative("from_sequence", request.getFromSequence());
              runs.watch(run, from, event -> to.send(EventMapper.event(event)));
            });
  }

  @Override
  public void listLogLines(ListLogLinesRequest request, StreamObserver<ListLogLinesResponse> out) {
    Answer.with("ListLogLines", out, () -> listLogLines.page(request));
  }

  @Override
  public void planRun(PlanRunRequest request, StreamObserver<PlanRunResponse> out) {
    Answer.with(
        "PlanRun",
        out,
        () -> {
          Plan plan = runs.plan(RunCommands.plan(request));
          PlanRunResponse.Builder answer =
              PlanRunResponse.newBuilder().addAllWarnings(plan.warnings());
          plan.steps().stream().map(PlanMapper::step).forEach(answer::addSteps);
          return answer.build();
        });
  }

  @Override
  public void retryRun(RetryRunRequest request, StreamObserver<RetryRunResponse> out) {
    Answer.with(
        "RetryRun",
        out,
        () -> {
          StartRun.Result begun = runs.retry(RunCommands.retry(request, Requester.current()));
          return RetryRunResponse.newBuilder()
              .setRun(whole(begun.run().key()))
              .setReplayed(begun.replayed())
              .build();
        });
  }

  @Override
  public void planRetry(PlanRetryRequest request, StreamObserver<PlanRetryResponse> out) {
    Answer.with(
        "PlanRetry",
        out,
        () -> {
          Plan plan = runs.plan(RunCommands.retry(request, Requester.current()));
          PlanRetryResponse.Builder answer =
              PlanRetryResponse.newBuilder()
                  .setAttempt(plan.attempt())
                  .addAllWarnings(plan.warnings());
          plan.steps().stream().map(PlanMapper::step).forEach(answer::addSteps);
          return answer.build();
        });
  }

  @Override
  public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> out) {
    Answer.with(
        "CancelRun",
        out,
        () -> {
          RunKey key = Keys.run(request.getNamespace(), request.getRunId());
          String reason = Fields.limited("reason", request.getReason(), Fields.MAX_WORDS);
          Integer attempt =
              Fields.fromOne(
                  "expected_attempt", request.hasExpectedAttempt(), request.getExpectedAttempt());
          runs.cancel(key, reason, attempt);
          return CancelRunResponse.newBuilder().setRun(whole(key)).build();
        });
  }

  @Override
  public void executeMethod(
      ExecuteMethodRequest request, StreamObserver<ExecuteMethodResponse> out) {
    Answer.with("ExecuteMethod", out, () -> execute(request));
  }

  private ExecuteMethodResponse execute(ExecuteMethodRequest request) throws InterruptedException {
    ExecuteMethod.Command command = RunCommands.execute(request, Requester.current());
    MethodDescriptor method =
        checkCall.run(command.modelType(), command.method(), command.arguments());
    if (request.hasOptions() && method.kind() != MethodKind.CREATE) {
      throw ServerFailure.invalidField(
          "options", "goes only with a create, and '" + method.name() + "' is none");
    }
    ExecuteMethod.Result done = runs.execute(command);
    ExecuteMethodResponse.Builder answer =
        ExecuteMethodResponse.newBuilder()
            .setOutcome(DataMapper.outcome(done.result().outcome()))
            .setOutputJson(JsonText.text(done.result().output()))
            .addAllWarnings(done.result().warnings())
            .setRunId(done.runId())
            .setReplayed(done.replayed());
    done.result().differs().stream().map(DataMapper::difference).forEach(answer::addDiffers);
    if (method.kind() != MethodKind.READ) {
      ResourceKey key =
          new ResourceKey(
              command.namespace(), command.modelType(), command.instance(), method.outputSpec());
      readData.look(key).ifPresent(found -> answer.setData(DataMapper.data(found, 0)));
    }
    return answer.build();
  }

  @Override
  public void archiveRun(ArchiveRunRequest request, StreamObserver<ArchiveRunResponse> out) {
    Answer.with(
        "ArchiveRun",
        out,
        () -> {
          RunKey key = Keys.run(request.getNamespace(), request.getRunId());
          runs.archive(key, Requester.current());
          return ArchiveRunResponse.newBuilder().setRun(whole(key)).build();
        });
  }

  @Override
  public void skipStep(SkipStepRequest request, StreamObserver<SkipStepResponse> out) {
    Answer.with(
        "SkipStep",
        out,
        () -> {
          SkipStep.Command command = RunCommands.skip(request, Requester.current());
          runs.skip(command);
          return SkipStepResponse.newBuilder().setRun(whole(command.run())).build();
        });
  }

  @Override
  public void decideApproval(
      DecideApprovalRequest request, StreamObserver<DecideApprovalResponse> out) {
    Answer.with(
        "DecideApproval",
        out,
        () -> {
          Decide decide = RunCommands.decide(request, Requester.current());
          runs.decide(decide);
          return DecideApprovalResponse.newBuilder().setRun(whole(decide.run())).build();
        });
  }

  private Run whole(RunKey key) {
    return RunMapper.run(runs.find(key));
  }
}
