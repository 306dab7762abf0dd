package dev.pawl.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.remote.DirectSession;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceImplBase;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.GetRunResponse;
import dev.pawl.v1.Run;
import dev.pawl.v1.StepChanged;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FollowRunTest {
  private final List<String> lines = new ArrayList<>();
  private final PlainProgress progress = new PlainProgress(lines::add);

  @Test
  void takesUpABrokenStreamAfterTheLastEventSeen() throws Exception {
    BreaksTwice service = new BreaksTwice();
    Server server = start(service);
    try (DirectSession session = new DirectSession(address(server))) {
      Run run = follow(session, Duration.ofSeconds(30)).run("default", "R1", 0);
      assertThat(run.getRunId()).isEqualTo("R1");
      assertThat(service.from).containsExactly(0L, 1L, 2L);
      assertThat(lines)
          .filteredOn(line -> line.startsWith("step"))
          .containsExactly("step1: RUNNING", "step2: RUNNING", "step3: RUNNING");
    } finally {
      server.shutdownNow();
    }
  }

  @Test
  void givesUpOnAServerThatStaysAwayAndSaysHowToGoOn() throws Exception {
    try (DirectSession session = new DirectSession(new HostPort("127.0.0.1", 1))) {
      assertThatThrownBy(() -> follow(session, Duration.ofMillis(50)).run("default", "R1", 0))
          .isInstanceOfSatisfying(
              CliException.class,
              e -> assertThat(e.failure().hints()).containsExactly("pawl watch R1"));
    }
  }

  private FollowRun follow(DirectSession session, Duration patience) {
    return new FollowRun(session, progress, patience, Duration.ofMillis(10));
  }

  private static Server start(ExecutionServiceImplBase service) throws java.io.IOException {
    return NettyServerBuilder.forAddress(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InsecureServerCredentials.create())
        .addService(service)
        .build()
        .start();
  }

  private static HostPort address(Server server) {
    return new HostPort("127.0.0.1", server.getPort());
  }

  /** One event per stream; the first two streams break. */
  private static final class BreaksTwice extends ExecutionServiceImplBase {
    private final List<Long> from = new ArrayList<>();

    @Override
    public void watchRun(WatchRunRequest request, StreamObserver<WatchRunResponse> answers) {
      from.add(request.getFromSequence());
      long sequence = request.getFromSequence() + 1;
      answers.onNext(
          WatchRunResponse.newBuilder()
              .setSequence(sequence)
              .setStepChanged(
                  StepChanged.newBuilder()
                      .setStep(
                          StepExecution.newBuilder()
                              .setStepId("step" + sequence)
                              .setStatus(StepStatus.STEP_STATUS_RUNNING)))
              .build());
      if (sequence < 3) {
        answers.onError(Status.UNAVAILABLE.asException());
      } else {
        answers.onCompleted();
      }
    }

    @Override
    public void getRun(GetRunRequest request, StreamObserver<GetRunResponse> answers) {
      answers.onNext(
          GetRunResponse.newBuilder()
              .setRun(Run.newBuilder().setRunId(request.getRunId()))
              .build());
      answers.onCompleted();
    }
  }
}
