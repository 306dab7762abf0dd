package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.RetryInfo;
import dev.pawl.server.engine.CheckCall;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.store.postgres.WithDatabase;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ExecutionServiceGrpc.ExecutionServiceBlockingStub;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a server does that has no room for one more call. */
class AdmitCallsTest extends WithDatabase {
  private final FakeRuns runs = new FakeRuns();
  private final OpenStreams streams = new OpenStreams();

  private Wire wire(AdmitCalls.Room room) {
    runs.quiet = true;
    return new Wire(
        streams,
        room,
        new ExecutionApi(
            runs,
            new CheckCall(new ModelRegistry(Map.of())),
            new ReadData(database.store().data()),
            streams));
  }

  /** Takes a place and keeps it. */
  private CancellableContext watch(Wire wire, String run) throws InterruptedException {
    CancellableContext call = Context.current().withCancellation();
    call.run(
        () ->
            ExecutionServiceGrpc.newStub(wire.channel)
                .watchRun(WatchRunRequest.newBuilder().setRunId(run).build(), new Ignoring()));
    runs.watching.await();
    return call;
  }

  private static final class Ignoring implements StreamObserver<WatchRunResponse> {
    @Override
    public void onNext(WatchRunResponse event) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onCompleted() {}
  }

  private static ExecutionServiceBlockingStub stub(Wire wire) {
    return ExecutionServiceGrpc.newBlockingStub(wire.channel);
  }

  private static void refused(Wire wire, Runnable call) throws Exception {
    Wire.Refusal refusal =
        Wire.refusal(
            () -> {
              call.run();
              return true;
            });
    assertThat(refusal.code()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(refusal.info().getReason()).isEqualTo("OVERLOADED");
    RetryInfo again = refusal.status().getDetails(1).unpack(RetryInfo.class);
    assertThat(
            Duration.ofNanos(again.getRetryDelay().getNanos())
                .plusSeconds(again.getRetryDelay().getSeconds()))
        .isBetween(Duration.ofMillis(500), Duration.ofMillis(1500));
    var health = HealthGrpc.newBlockingStub(wire.channel);
    assertThat(health.check(HealthCheckRequest.getDefaultInstance()).getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }

  @Test
  void aCallTooManyIsRefusedAndTheNextIsLetInOnceThereIsRoom() throws Exception {
    try (Wire wire = wire(new AdmitCalls.Room(1, 1 << 20))) {
      CancellableContext open = watch(wire, "r1");
      refused(wire, () -> stub(wire).getRun(GetRunRequest.newBuilder().setRunId("r2").build()));

      open.cancel(null);
      runs.stopped.await();
      assertThat(patiently(wire)).isEqualTo("r2");
    }
  }

  /** The server hears of a cancelled call in its own time. */
  private static String patiently(Wire wire) {
    while (true) {
      try {
        return stub(wire)
            .getRun(GetRunRequest.newBuilder().setRunId("r2").build())
            .getRun()
            .getRunId();
      } catch (StatusRuntimeException e) {
        assertThat(e.getStatus().getCode()).isEqualTo(io.grpc.Status.Code.RESOURCE_EXHAUSTED);
      }
    }
  }

  @Test
  void requestsTogetherMayNotBeTooLargeButOneAloneMay() throws Exception {
    ListRunsRequest large = ListRunsRequest.newBuilder().setPageToken("x".repeat(400)).build();
    try (Wire wire = wire(new AdmitCalls.Room(10, 200))) {
      assertThat(Wire.refusal(() -> stub(wire).listRuns(large)).info().getReason())
          .isEqualTo("INVALID_PAGE_TOKEN");
      try (CancellableContext open = watch(wire, "r1")) {
        refused(wire, () -> stub(wire).listRuns(large));
        assertThat(open.isCancelled()).isFalse();
      }
    }
  }
}
