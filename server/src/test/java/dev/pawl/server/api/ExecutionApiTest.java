package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.engine.CheckCall;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.StartRun.OnExisting;
import dev.pawl.server.engine.WorkflowSource;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.postgres.WithDatabase;
import dev.pawl.v1.ArchiveRunRequest;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.DecideApprovalRequest;
import dev.pawl.v1.ExecuteMethodRequest;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.ListRunsResponse;
import dev.pawl.v1.ResourceKey;
import dev.pawl.v1.Run;
import dev.pawl.v1.SkipStepRequest;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import io.grpc.Context;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ExecutionApiTest extends WithDatabase {
  private final FakeRuns runs = new FakeRuns();
  private Wire wire;
  private ExecutionServiceGrpc.ExecutionServiceBlockingStub stub;

  @BeforeEach
  void serve() {
    OpenStreams streams = new OpenStreams();
    ExecutionApi api =
        new ExecutionApi(
            runs,
            new CheckCall(new ModelRegistry(Map.of())),
            new ReadData(database.store().data()),
            streams);
    wire = new Wire(streams, api);
    stub = ExecutionServiceGrpc.newBlockingStub(wire.channel);
  }

  @AfterEach
  void stop() {
    wire.close();
  }

  @Test
  void aStartBecomesACommand() {
    Run run =
        stub.startRun(
                start()
                    .setInputsJson("{\"n\":9007199254740993}")
                    .setIdempotencyKey("k")
                    .setOnExisting(dev.pawl.v1.OnExisting.ON_EXISTING_FAIL)
                    .build())
            .getRun();

    assertThat(run.getRunId()).isEqualTo("r1");
    assertThat(runs.started)
        .singleElement()
        .satisfies(
            c -> {
              assertThat(c.namespace()).isEqualTo("default");
              assertThat(c.workflow())
                  .isInstanceOfSatisfying(
                      WorkflowSource.Inline.class,
                      inline -> assertThat(inline.fileName()).isEqualTo("workflow.yaml"));
              assertThat(c.inputs().toString()).isEqualTo("{\"n\":9007199254740993}");
              assertThat(c.idempotencyKey()).isEqualTo("k");
              assertThat(c.onExisting()).isEqualTo(OnExisting.FAIL);
              assertThat(c.requester()).startsWith("127.0.0.1:");
            });
  }

  @Test
  void badStartsAreRefusedWithoutReachingTheEngine() {
    Map<StartRunRequest, String> bad =
        Map.of(
            start().setIdempotencyKey("").build(), "INVALID_IDEMPOTENCY_KEY",
            start().setIdempotencyKey("k".repeat(256)).build(), "INVALID_IDEMPOTENCY_KEY",
            start().setInputsJson("[1]").build(), "INVALID_FIELD",
            start().setInputsJson("{\"a\":").build(), "INVALID_FIELD",
            start().setNamespace("-a").build(), "INVALID_FIELD",
            start().clearDefinition().build(), "INVALID_FIELD",
            start().setOnExisting(dev.pawl.v1.OnExisting.ON_EXISTING_FAIL).build(), "INVALID_FIELD",
            start().setInputsJson("{\"a\":\"" + "x".repeat(1 << 20) + "\"}").build(),
                "LIMIT_EXCEEDED",
            start().setStoredWorkflow(WorkflowReference.newBuilder().setVersion(1)).build(),
                "INVALID_FIELD");
    bad.forEach(
        (request, reason) ->
            assertThat(Wire.refusal(() -> stub.startRun(request)).info().getReason())
                .as(reason)
                .isEqualTo(reason));
    assertThat(runs.started).isEmpty();
  }

  @Test
  void whatIsDecidedAboutARunBecomesACommand() {
    stub.skipStep(
        SkipStepRequest.newBuilder()
            .setRunId("r1")
            .setStepId("vpc")
            .setReason("made by hand")
            .build());
    assertThat(runs.skipped.get(0).output().isNull()).isTrue();
    assertThat(runs.skipped.get(0).reason()).isEqualTo("made by hand");
    assertThat(
            Wire.refusal(
                    () ->
                        stub.skipStep(
                            SkipStepRequest.newBuilder().setRunId("r1").setStepId("vpc").build()))
                .info()
                .getReason())
        .isEqualTo("INVALID_FIELD");
    assertThat(
            stub.archiveRun(ArchiveRunRequest.newBuilder().setRunId("r1").build())
                .getRun()
                .getRunId())
        .isEqualTo("r1");
    stub.listRuns(ListRunsRequest.getDefaultInstance());
    stub.listRuns(ListRunsRequest.newBuilder().setShowArchived(true).build());
    assertThat(runs.listed)
        .extracting(RunQuery::archived)
        .containsExactly(RunQuery.Archived.LEFT_OUT, RunQuery.Archived.SHOWN);
  }

  @Test
  void whatIsMissingOrUnknownIsNamed() {
    Wire.Refusal undecided =
        Wire.refusal(() -> stub.decideApproval(DecideApprovalRequest.getDefaultInstance()));
    assertThat(undecided.info().getReason()).isEqualTo("INVALID_FIELD");
    assertThat(undecided.fields().getFieldViolations(0).getField()).isEqualTo("decision");
    Wire.Refusal model =
        Wire.refusal(
            () ->
                stub.executeMethod(
                    ExecuteMethodRequest.newBuilder()
                        .setKey(ResourceKey.newBuilder().setModelType("no/such"))
                        .setMethod("list")
                        .build()));
    assertThat(model.info().getReason()).isEqualTo("MODEL_NOT_FOUND");
    Wire.Refusal attempt =
        Wire.refusal(
            () ->
                stub.cancelRun(
                    CancelRunRequest.newBuilder().setRunId("r").setExpectedAttempt(0).build()));
    assertThat(attempt.info().getReason()).isEqualTo("INVALID_FIELD");
  }

  @Test
  void aDefectOfTheServerIsAnIncident() {
    Wire.Refusal defect =
        Wire.refusal(() -> stub.cancelRun(CancelRunRequest.newBuilder().setRunId("r").build()));

    assertThat(defect.code()).isEqualTo("INTERNAL");
    assertThat(defect.info().getMetadataMap()).containsKey("incident");
  }

  @Test
  void runsAreTrimmedByMaskAndListedPageByPage() {
    Run trimmed =
        stub.getRun(
                GetRunRequest.newBuilder()
                    .setRunId("r9")
                    .setReadMask(com.google.protobuf.FieldMask.newBuilder().addPaths("run_id"))
                    .build())
            .getRun();
    assertThat(trimmed).isEqualTo(Run.newBuilder().setRunId("r9").build());

    for (int i = 5; i >= 1; i--) {
      runs.runs.add(FakeRuns.run("r" + i, FakeRuns.NOON.plusSeconds(i)));
    }
    assertThat(ids(ListRunsRequest.newBuilder().setPageSize(2).build()))
        .containsExactly("r5", "r4", "r3", "r2", "r1");
    assertThat(
            ids(
                ListRunsRequest.newBuilder()
                    .setPageSize(2)
                    .setCreatedFrom(at(2))
                    .setCreatedBefore(at(4))
                    .build()))
        .containsExactly("r3", "r2");
  }

  private List<String> ids(ListRunsRequest request) {
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListRunsResponse page = stub.listRuns(request.toBuilder().setPageToken(token).build());
      page.getRunsList().forEach(r -> seen.add(r.getRunId()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return seen;
  }

  private static com.google.protobuf.Timestamp at(int seconds) {
    return com.google.protobuf.Timestamp.newBuilder()
        .setSeconds(FakeRuns.NOON.plusSeconds(seconds).getEpochSecond())
        .build();
  }

  @Test
  void aWatchResumesBehindItsSequenceAndEndsWithTheRun() {
    runs.events = 3;
    Iterator<WatchRunResponse> events =
        stub.watchRun(WatchRunRequest.newBuilder().setRunId("r").setFromSequence(7).build());

    List<Long> seen = new ArrayList<>();
    events.forEachRemaining(e -> seen.add(e.getSequence()));
    assertThat(seen).containsExactly(8L, 9L, 10L);
  }

  @Test
  void aSlowWatcherHoldsItsOwnStreamOnly() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    CompletableFuture<ClientCallStreamObserver<WatchRunRequest>> call = new CompletableFuture<>();
    ExecutionServiceGrpc.newStub(wire.channel)
        .watchRun(
            WatchRunRequest.newBuilder().setRunId("r").build(),
            new ClientResponseObserver<WatchRunRequest, WatchRunResponse>() {
              @Override
              public void beforeStart(ClientCallStreamObserver<WatchRunRequest> stream) {
                stream.disableAutoRequestWithInitial(1);
                call.complete(stream);
              }

              @Override
              public void onNext(WatchRunResponse event) {
                first.countDown();
              }

              @Override
              public void onError(Throwable t) {}

              @Override
              public void onCompleted() {}
            });
    assertThat(first.await(20, TimeUnit.SECONDS)).isTrue();

    int told = settled();
    assertThat(told).as("events sent to a caller that takes one").isLessThan(5_000);
    awaitActiveCalls(1);
    assertThat(stub.getRun(GetRunRequest.newBuilder().setRunId("r9").build()).hasRun()).isTrue();

    call.get().cancel("enough", null);
    assertThat(runs.stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  /** A call ends for its caller a moment before the server has done with it. */
  private void awaitActiveCalls(int expected) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (wire.server.activeCalls() != expected && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    assertThat(wire.server.activeCalls()).isEqualTo(expected);
  }

  /** The number of events sent, once it no longer rises between two calls of the server. */
  private int settled() {
    int before = -1;
    int same = 0;
    while (same < 50 && before < 5_000) {
      stub.getRun(GetRunRequest.newBuilder().setRunId("r9").build());
      int now = runs.told.get();
      same = now == before ? same + 1 : 0;
      before = now;
    }
    return before;
  }

  @Test
  void aQuietWatchEndsWhenItsCallerGoes() throws Exception {
    runs.quiet = true;
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () ->
            ExecutionServiceGrpc.newStub(wire.channel)
                .watchRun(
                    WatchRunRequest.newBuilder().setRunId("r").build(),
                    new Collected().observer()));
    assertThat(runs.watching.await(20, TimeUnit.SECONDS)).isTrue();

    context.cancel(null);

    assertThat(runs.stopped.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aStoppingServerEndsWatchesSoThatTheyResumeElsewhere() throws Exception {
    runs.quiet = true;
    Collected collected = new Collected();
    ExecutionServiceGrpc.newStub(wire.channel)
        .watchRun(WatchRunRequest.newBuilder().setRunId("r").build(), collected.observer());
    assertThat(runs.watching.await(20, TimeUnit.SECONDS)).isTrue();

    wire.server.drain(Duration.ofSeconds(20));

    Throwable end = collected.end.get(20, TimeUnit.SECONDS);
    assertThat(Wire.refusal(end).info().getReason()).isEqualTo("SHUTTING_DOWN");
    assertThat(wire.server.activeCalls()).isZero();
  }

  /** How a stream ended. */
  private static final class Collected {
    final CompletableFuture<Throwable> end = new CompletableFuture<>();

    io.grpc.stub.StreamObserver<WatchRunResponse> observer() {
      return new io.grpc.stub.StreamObserver<>() {
        @Override
        public void onNext(WatchRunResponse event) {}

        @Override
        public void onError(Throwable t) {
          end.complete(t);
        }

        @Override
        public void onCompleted() {
          end.completeExceptionally(new AssertionError("ended with OK"));
        }
      };
    }
  }

  private static StartRunRequest.Builder start() {
    return StartRunRequest.newBuilder()
        .setDefinition(WorkflowDefinition.newBuilder().setText("kind: Workflow"));
  }
}
