package dev.pawl.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import com.google.rpc.ErrorInfo;
import dev.pawl.v1.AbandonRequest;
import dev.pawl.v1.AbandonResponse;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimMode;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.CompleteResponse;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceImplBase;
import dev.pawl.v1.RenewRequest;
import dev.pawl.v1.RenewResponse;
import dev.pawl.v1.ResourceKey;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the helper says to a server, and makes of its answers. */
class CreateOrGetTest {
  private static final ResourceKey KEY =
      ResourceKey.newBuilder().setModelType("acme/invoice").setInstance("2026-11").build();
  private static final CreateOptions QUICK = CreateOptions.DEFAULT.withSettle(Duration.ofMillis(1));

  private final Fake fake = new Fake();
  private final String name = UUID.randomUUID().toString();
  private final Deque<Optional<Made>> looks = new ArrayDeque<>();
  private final Server server = InProcessServerBuilder.forName(name).addService(fake).build();
  private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
  private final Pawl pawl = Pawl.over(channel);

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void end() {
    pawl.close();
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** Answers claims in the order given, and remembers what it was told. */
  private static final class Fake extends DataRepositoryServiceImplBase {
    private final Deque<Object> answers = new ArrayDeque<>();
    private final List<String> told = new ArrayList<>();
    private final CountDownLatch renewed = new CountDownLatch(2);
    private volatile boolean refusesRenewals;
    private @Nullable StatusRuntimeException refusesCompletion;

    synchronized void answers(Object... claims) {
      answers.addAll(Arrays.asList(claims));
    }

    @Override
    public synchronized void claim(ClaimRequest request, StreamObserver<ClaimResponse> out) {
      told.add(request.getMode() == ClaimMode.CLAIM_MODE_RECONCILE ? "reconcile" : "claim");
      if (answers.remove() instanceof ClaimResponse answer) {
        out.onNext(answer);
        out.onCompleted();
      } else {
        out.onError(refusal(9, "NOT_IN_DOUBT"));
      }
    }

    @Override
    public synchronized void complete(
        CompleteRequest request, StreamObserver<CompleteResponse> out) {
      told.add("complete " + request.getDataJson() + " " + request.getExternalId());
      if (refusesCompletion != null) {
        out.onError(refusesCompletion);
        return;
      }
      out.onNext(CompleteResponse.newBuilder().setData(data(request.getDataJson())).build());
      out.onCompleted();
    }

    @Override
    public synchronized void abandon(AbandonRequest request, StreamObserver<AbandonResponse> out) {
      told.add("abandon: " + request.getReason());
      out.onNext(AbandonResponse.getDefaultInstance());
      out.onCompleted();
    }

    @Override
    public void renew(RenewRequest request, StreamObserver<RenewResponse> out) {
      renewed.countDown();
      if (refusesRenewals) {
        out.onError(refusal(10, "CLAIM_STALE"));
      } else {
        out.onNext(RenewResponse.getDefaultInstance());
        out.onCompleted();
      }
    }
  }

  private static StatusRuntimeException refusal(int code, String reason) {
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(code)
            .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
            .build());
  }

  private static Data data(String json) {
    return Data.newBuilder().setKey(KEY).setDataJson(json).build();
  }

  private static ClaimResponse existing() {
    return ClaimResponse.newBuilder().setExisting(data("{\"id\":1}")).build();
  }

  private static ClaimResponse inDoubt() {
    return ClaimResponse.newBuilder().setInDoubt(data("")).build();
  }

  private static ClaimResponse granted() {
    return ClaimResponse.newBuilder()
        .setGranted(
            ClaimGrant.newBuilder()
                .setClaimToken("secret")
                .setMarker("pawl-marker")
                .setRequestToken("pawl-token")
                .setLeaseExpireTime(Timestamps.fromSeconds(1_000_030))
                .setAbsenceProvableTime(
                    Timestamps.add(Timestamps.fromSeconds(1_000_000), Durations.fromMillis(20))))
        .build();
  }

  private Optional<Made> look(Grant grant) {
    return looks.remove();
  }

  private static Made make(Grant grant) {
    return Made.of("{\"marker\":\"" + grant.marker() + "\"}", grant.requestToken());
  }

  @Test
  void whatIsThereIsGivenAndNothingIsMade() throws Exception {
    fake.answers(existing());
    CreateResult result =
        pawl.createOrGet(
            KEY,
            grant -> {
              throw new AssertionError("made again");
            },
            null);
    assertThat(result.outcome()).isEqualTo(CreateResult.Outcome.REUSED);
    assertThat(result.dataJson()).isEqualTo("{\"id\":1}");
  }

  @Test
  void whatIsNotThereIsMadeAndStored() throws Exception {
    fake.answers(granted());
    assertThat(pawl.createOrGet(KEY, CreateOrGetTest::make, null).outcome())
        .isEqualTo(CreateResult.Outcome.CREATED);
    assertThat(fake.told)
        .containsExactly("claim", "complete {\"marker\":\"pawl-marker\"} pawl-token");
  }

  @Test
  void whatWasCertainlyNotMadeIsGivenBack() {
    fake.answers(granted());
    assertThatThrownBy(
            () ->
                pawl.createOrGet(
                    KEY,
                    grant -> {
                      throw new NotMadeException("connection refused");
                    },
                    null))
        .isInstanceOf(NotMadeException.class);
    assertThat(fake.told).containsExactly("claim", "abandon: connection refused");
  }

  @Test
  void whatFailsOtherwiseIsLeftInDoubt() {
    fake.answers(granted());
    assertThatThrownBy(
            () ->
                pawl.createOrGet(
                    KEY,
                    grant -> {
                      throw new java.net.SocketTimeoutException("no answer");
                    },
                    null))
        .isInstanceOf(java.net.SocketTimeoutException.class);
    assertThat(fake.told).containsExactly("claim");
  }

  @Test
  void doubtWithoutAProbeIsSaid() {
    fake.answers(inDoubt());
    assertThatThrownBy(() -> pawl.createOrGet(KEY, CreateOrGetTest::make, null))
        .isInstanceOf(InDoubtException.class)
        .hasMessageContaining("acme/invoice/2026-11")
        .hasMessageContaining("probe");
  }

  @Test
  void whatAProbeFindsIsAdopted() throws Exception {
    fake.answers(inDoubt(), granted());
    looks.add(Optional.of(Made.of("{}", "found")));
    assertThat(pawl.createOrGet(KEY, CreateOrGetTest::make, this::look, QUICK).outcome())
        .isEqualTo(CreateResult.Outcome.ADOPTED);
    assertThat(fake.told).containsExactly("claim", "reconcile", "complete {} found");
  }

  @Test
  void absenceTakesALookAtOnceAndTwoAfterTheQuarantine() throws Exception {
    fake.answers(inDoubt(), granted(), granted());
    looks.addAll(List.of(Optional.empty(), Optional.empty(), Optional.empty()));
    assertThat(pawl.createOrGet(KEY, CreateOrGetTest::make, this::look, QUICK).outcome())
        .isEqualTo(CreateResult.Outcome.CREATED);
    assertThat(looks).isEmpty();
    assertThat(fake.told).hasSize(5);
    assertThat(fake.told.get(2)).startsWith("abandon: two complete looks");
    assertThat(fake.told.get(3)).isEqualTo("claim");
  }

  @Test
  void aProbeThatFailsLeavesItInDoubt() {
    fake.answers(inDoubt(), granted());
    assertThatThrownBy(
            () ->
                pawl.createOrGet(
                    KEY,
                    CreateOrGetTest::make,
                    grant -> {
                      throw new java.io.IOException("the list cannot be read");
                    },
                    QUICK))
        .isInstanceOf(java.io.IOException.class);
    assertThat(fake.told).containsExactly("claim", "reconcile");
  }

  @Test
  void whatOthersHaveSettledMeanwhileIsAskedForAgain() throws Exception {
    fake.answers(inDoubt(), "refused", existing());
    assertThat(pawl.createOrGet(KEY, CreateOrGetTest::make, this::look, QUICK).outcome())
        .isEqualTo(CreateResult.Outcome.REUSED);
    assertThat(fake.told).containsExactly("claim", "reconcile", "claim");
  }

  @Test
  void theLeaseIsRenewedWhileItIsMade() throws Exception {
    fake.answers(granted());
    pawl.createOrGet(
        KEY,
        grant -> {
          assertThat(fake.renewed.await(30, TimeUnit.SECONDS)).isTrue();
          assertThat(grant.isHeld()).isTrue();
          return make(grant);
        },
        null,
        QUICK.withLease(Duration.ofSeconds(5)));
  }

  @Test
  void aLeaseThatIsRefusedIsNoLongerHeld() throws Exception {
    fake.answers(granted());
    fake.refusesRenewals = true;
    pawl.createOrGet(
        KEY,
        grant -> {
          while (grant.isHeld()) {
            Thread.onSpinWait();
          }
          return make(grant);
        },
        null,
        QUICK.withLease(Duration.ofMillis(600)));
  }

  @Test
  void whatWasMadeAndCannotBeStoredIsNamed() {
    fake.answers(granted());
    fake.refusesCompletion = refusal(10, "CLAIM_STALE");
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class, () -> pawl.createOrGet(KEY, CreateOrGetTest::make, null));
    assertThat(Reasons.of(refused)).isEqualTo("CLAIM_STALE");
    assertThat(refused.getSuppressed()).hasSize(1);
    assertThat(refused.getSuppressed()[0]).hasMessageContaining("pawl-token");
  }
}
