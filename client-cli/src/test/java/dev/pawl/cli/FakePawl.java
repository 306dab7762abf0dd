package dev.pawl.cli;

import com.google.protobuf.Any;
import com.google.protobuf.Timestamp;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.pawl.v1.ArchiveRunRequest;
import dev.pawl.v1.ArchiveRunResponse;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.CancelRunResponse;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceImplBase;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceImplBase;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.GetDataResponse;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.GetRunResponse;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.ListLogLinesResponse;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.LogLevel;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.LoggedLine;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.RetryRunResponse;
import dev.pawl.v1.Run;
import dev.pawl.v1.SkipStepRequest;
import dev.pawl.v1.SkipStepResponse;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StartRunResponse;
import dev.pawl.v1.StepChanged;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A real gRPC server on loopback that knows one run, or refuses every call. */
public final class FakePawl implements AutoCloseable {
  private final Server server;
  private final Run run;
  private final boolean replayed;
  private final @Nullable StatusRuntimeException refusal;
  private final List<Object> requests = new ArrayList<>();

  private FakePawl(Run run, boolean replayed, @Nullable StatusRuntimeException refusal)
      throws IOException {
    this.run = run;
    this.replayed = replayed;
    this.refusal = refusal;
    this.server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new Executions())
            .addService(new Repository())
            .build()
            .start();
  }

  public static FakePawl with(Run run) throws IOException {
    return new FakePawl(run, false, null);
  }

  static FakePawl replaying(Run run) throws IOException {
    return new FakePawl(run, true, null);
  }

  static FakePawl refusing(int code, String reason, String message, FieldViolation... violations)
      throws IOException {
    Status status =
        Status.newBuilder()
            .setCode(code)
            .setMessage(message)
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .addDetails(
                Any.pack(
                    BadRequest.newBuilder().addAllFieldViolations(List.of(violations)).build()))
            .build();
    return new FakePawl(
        Run.getDefaultInstance(), false, StatusProto.toStatusRuntimeException(status));
  }

  public String address() {
    return "127.0.0.1:" + server.getPort();
  }

  /** What was asked, in order. */
  List<Object> requests() {
    return requests;
  }

  <T> T request(Class<T> type) {
    return requests.stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
  }

  @Override
  public void close() {
    server.shutdownNow();
  }

  private <T> void answer(Object request, StreamObserver<T> answers, T answer) {
    requests.add(request);
    if (refusal != null) {
      answers.onError(refusal);
      return;
    }
    answers.onNext(answer);
    answers.onCompleted();
  }

  private final class Executions extends ExecutionServiceImplBase {
    @Override
    public void startRun(StartRunRequest request, StreamObserver<StartRunResponse> answers) {
      answer(
          request,
          answers,
          StartRunResponse.newBuilder().setRun(run).setReplayed(replayed).build());
    }

    @Override
    public void retryRun(RetryRunRequest request, StreamObserver<RetryRunResponse> answers) {
      answer(request, answers, RetryRunResponse.newBuilder().setRun(run).build());
    }

    @Override
    public void cancelRun(CancelRunRequest request, StreamObserver<CancelRunResponse> answers) {
      answer(request, answers, CancelRunResponse.newBuilder().setRun(run).build());
    }

    @Override
    public void archiveRun(ArchiveRunRequest request, StreamObserver<ArchiveRunResponse> answers) {
      answer(request, answers, ArchiveRunResponse.newBuilder().setRun(run).build());
    }

    @Override
    public void skipStep(SkipStepRequest request, StreamObserver<SkipStepResponse> answers) {
      answer(request, answers, SkipStepResponse.newBuilder().setRun(run).build());
    }

    @Override
    public void listRuns(ListRunsRequest request, StreamObserver<ListRunsResponse> answers) {
      answer(request, answers, ListRunsResponse.newBuilder().addRuns(run).build());
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> answers) {
      answer(request, answers, GetRunResponse.newBuilder().setRun(run).build());
    }

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answers) {
      long sequence = 0;
      for (StepExecution step : run.getStepsList()) {
        answers.onNext(
            WatchRunResponse.newBuilder()
                .setSequence(++sequence)
                .setStepChanged(StepChanged.newBuilder().setStep(step))
                .build());
      }
      answers.onNext(
          WatchRunResponse.newBuilder().setSequence(++sequence).setLog(line(1, "watched")).build());
      answers.onCompleted();
    }

    /** Two pages of one line each. */
    @Override
    public void listLogLines(
        ListLogLinesRequest request, StreamObserver<ListLogLinesResponse> answers) {
      boolean first = request.getPageToken().isEmpty();
      answer(
          request,
          answers,
          ListLogLinesResponse.newBuilder()
              .addLines(
                  LoggedLine.newBuilder()
                      .setSequence(first ? 4 : 9)
                      .setTime(Timestamp.newBuilder().setSeconds(1))
                      .setLine(first ? line(1, "one") : line(2, "two \u001b[2J")))
              .setNextPageToken(first ? "more" : "")
              .build());
    }

    private LogLine line(int attempt, String message) {
      return LogLine.newBuilder()
          .setStepId("droplets")
          .setIterationKey("web-1")
          .setAttempt(attempt)
          .setLevel(attempt == 1 ? LogLevel.LOG_LEVEL_INFO : LogLevel.LOG_LEVEL_WARN)
          .setMessage(message)
          .build();
    }
  }

  private final class Repository extends DataRepositoryServiceImplBase {
    @Override
    public void getData(GetDataRequest request, StreamObserver<GetDataResponse> answers) {
      answer(
          request,
          answers,
          GetDataResponse.newBuilder()
              .setData(
                  dev.pawl.v1.Data.newBuilder()
                      .setKey(request.getKey())
                      .setState(dev.pawl.v1.DataState.DATA_STATE_PRESENT)
                      .setVersion(3)
                      .setDataJson("{\"id\":7}"))
              .build());
    }
  }
}
