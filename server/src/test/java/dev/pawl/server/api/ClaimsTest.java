package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Timing;
import dev.pawl.server.store.Idempotency;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteResponse;
import dev.pawl.v1.CompleteResult;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataState;
import dev.pawl.v1.RenewRequest;
import dev.pawl.v1.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Clients of any language that run creates themselves, on a real database. */
class ClaimsTest extends DataApi {
  @Test
  void ofClientsThatRaceOneCreatesAndTheOthersGetItsData() throws Exception {
    int clients = 12;
    List<Callable<String>> race = new ArrayList<>();
    for (int i = 0; i < clients; i++) {
      String mine = "{\"by\":" + i + "}";
      race.add(
          () -> {
            ClaimResponse answer =
                stub.claim(create("raced").toBuilder().setWait(seconds(20)).build());
            if (answer.hasGranted()) {
              return "made " + complete(answer.getGranted(), mine, "id-1").getData().getDataJson();
            }
            return "got " + answer.getExisting().getDataJson();
          });
    }
    List<String> results = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<String> result : threads.invokeAll(race)) {
        results.add(result.get());
      }
    }
    List<String> made = results.stream().filter(r -> r.startsWith("made ")).toList();
    assertThat(made).hasSize(1);
    String data = made.getFirst().substring("made ".length());
    assertThat(results).filteredOn(r -> r.startsWith("got ")).hasSize(clients - 1);
    assertThat(results).filteredOn(r -> r.startsWith("got ")).containsOnly("got " + data);
  }

  @Test
  void aGrantNamesMarkerTokensAndLease() {
    ClaimGrant grant = stub.claim(create("named")).getGranted();

    assertThat(grant.getMarker()).matches("pawl-[a-z2-7]{26}");
    assertThat(grant.getRequestToken())
        .matches("pawl-[a-z2-7]{26}")
        .isNotEqualTo(grant.getMarker());
    assertThat(grant.getSendNumber()).isEqualTo(1);
    assertThat(grant.getIncarnation()).isEqualTo(1);
    assertThat(grant.getLeaseExpireTime().getSeconds()).isPositive();
    assertThat(grant.hasEvidence()).isFalse();
    assertThat(grant.hasAbsenceProvableTime()).isFalse();
  }

  @Test
  void whoDoesNotWaitIsToldWhoHoldsIt() {
    stub.claim(create("held").toBuilder().setHolder("deploy-7").build());

    Wire.Refusal refusal = Wire.refusal(() -> stub.claim(create("held")));

    assertThat(refusal.code()).isEqualTo("ABORTED");
    assertThat(refusal.info().getReason()).isEqualTo("CLAIM_HELD");
    assertThat(refusal.info().getMetadataMap()).containsEntry("holder", "deploy-7");
    assertThat(refusal.info().getMetadataMap()).containsKey("lease_expire_time");
  }

  @Test
  void completingAgainWithTheSameDataChangesNothing() {
    ClaimGrant grant = stub.claim(create("twice")).getGranted();

    CompleteResponse first = complete(grant, "{\"a\":1,\"b\":2}", "id-2");
    CompleteResponse again = complete(grant, "{\"b\":2,\"a\":1}", "id-2");

    assertThat(first.getResult()).isEqualTo(CompleteResult.COMPLETE_RESULT_COMPLETED);
    assertThat(first.getData().getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(first.getData().getFingerprint()).isEqualTo("f1");
    assertThat(first.getData().getAccount()).isEqualTo("acme");
    assertThat(again.getResult()).isEqualTo(CompleteResult.COMPLETE_RESULT_REPEATED);
    assertThat(again.getData().getVersion()).isEqualTo(1);
  }

  @Test
  void completingWithAnotherIdIsADuplicate() {
    ClaimGrant grant = stub.claim(create("duplicate")).getGranted();
    complete(grant, "{}", "id-3");

    Wire.Refusal refusal = Wire.refusal(() -> complete(grant, "{}", "id-4"));

    assertThat(refusal.info().getReason()).isEqualTo("DUPLICATE");
    assertThat(refusal.info().getMetadataMap())
        .containsEntry("stored_id", "id-3")
        .containsEntry("other_id", "id-4");
  }

  @Test
  void abandoningFreesTheKeyAndIsSafeToRepeat() {
    ClaimGrant grant = stub.claim(create("abandoned")).getGranted();

    assertThat(abandon(grant).getState()).isEqualTo(DataState.DATA_STATE_ABSENT);
    assertThat(abandon(grant).getState()).isEqualTo(DataState.DATA_STATE_ABSENT);

    ClaimGrant next = stub.claim(create("abandoned")).getGranted();
    assertThat(next.getSendNumber()).isEqualTo(2);
    assertThat(next.getMarker()).isEqualTo(grant.getMarker());
    assertThat(next.getRequestToken()).isNotEqualTo(grant.getRequestToken());
    assertThat(Wire.refusal(() -> abandon(grant)).info().getReason()).isEqualTo("CLAIM_STALE");
    assertThat(Wire.refusal(() -> renew(grant)).info().getReason()).isEqualTo("CLAIM_STALE");
  }

  @Test
  void aLeaseThatRunsOutLeavesADoubtThatOneCallerResolves() {
    ClaimGrant lost = stub.claim(create("doubted", 1)).getGranted();

    ClaimResponse waited = stub.claim(create("doubted").toBuilder().setWait(seconds(20)).build());
    assertThat(waited.getInDoubt().getState()).isEqualTo(DataState.DATA_STATE_IN_DOUBT);
    assertThat(waited.getInDoubt().getEvidence().getSummary()).contains("outcome is not known");

    ClaimGrant grant = stub.claim(reconcile("doubted")).getGranted();
    assertThat(grant.getSendNumber()).isEqualTo(lost.getSendNumber());
    assertThat(grant.getMarker()).isEqualTo(lost.getMarker());
    assertThat(grant.getRequestToken()).isEqualTo(lost.getRequestToken());
    assertThat(grant.getEvidence().getMarker()).isEqualTo(lost.getMarker());
    assertThat(grant.getFencingToken()).isGreaterThan(lost.getFencingToken());
    assertThat(Wire.refusal(() -> stub.claim(reconcile("doubted"))).info().getReason())
        .isEqualTo("CLAIM_HELD");

    CompleteResponse found = complete(grant, "{}", "id-5");
    assertThat(found.getResult()).isEqualTo(CompleteResult.COMPLETE_RESULT_COMPLETED);
    assertThat(Wire.refusal(() -> complete(lost, "{}", "id-6")).info().getReason())
        .isEqualTo("DUPLICATE");
  }

  @Test
  void aLateCompletionSettlesItsOwnDoubt() {
    ClaimGrant slow = stub.claim(create("late", 1)).getGranted();
    stub.claim(create("late").toBuilder().setWait(seconds(20)).build());

    assertThat(complete(slow, "{}", "id-7").getResult())
        .isEqualTo(CompleteResult.COMPLETE_RESULT_DOUBT_RESOLVED);
  }

  @Test
  void absenceIsNotProvenBeforeTheQuarantineEnds() {
    Timing patient =
        new Timing(
            TIMING.lease(),
            TIMING.createDeadline(),
            java.time.Duration.ofMinutes(5),
            TIMING.settle(),
            TIMING.readTimeout(),
            TIMING.claimWait(),
            TIMING.readyWait());
    try (Wire other = new Wire(api(patient, Idempotency.RETENTION))) {
      var patientStub = DataRepositoryServiceGrpc.newBlockingStub(other.channel);
      patientStub.claim(create("quarantined", 1));
      patientStub.claim(create("quarantined").toBuilder().setWait(seconds(20)).build());
      ClaimGrant grant = patientStub.claim(reconcile("quarantined")).getGranted();

      Wire.Refusal refusal = Wire.refusal(() -> patientStub.abandon(abandonRequest(grant)));

      assertThat(refusal.info().getReason()).isEqualTo("QUARANTINE_OPEN");
      assertThat(refusal.info().getMetadataMap()).containsKey("quarantine_end_time");
      assertThat(grant.getAbsenceProvableTime().getSeconds())
          .isGreaterThan(grant.getLeaseExpireTime().getSeconds());
    }
  }

  @Test
  void whatIsNotInDoubtCannotBeReconciled() {
    Wire.Refusal refusal = Wire.refusal(() -> stub.claim(reconcile("never-seen")));

    assertThat(refusal.code()).isEqualTo("FAILED_PRECONDITION");
    assertThat(refusal.info().getReason()).isEqualTo("NOT_IN_DOUBT");
    assertThat(refusal.info().getMetadataMap()).containsEntry("state", "ABSENT");
  }

  @Test
  void aTokenThatWasNotGivenOutIsRefused() {
    ClaimGrant grant = stub.claim(create("forged")).getGranted();
    String token = grant.getClaimToken();
    String forged = (token.charAt(0) == 'A' ? 'B' : 'A') + token.substring(1);

    for (String bad : List.of(forged, "nonsense", "!", token.substring(0, 20))) {
      Wire.Refusal refusal =
          Wire.refusal(() -> stub.renew(RenewRequest.newBuilder().setClaimToken(bad).build()));
      assertThat(refusal.info().getReason()).isEqualTo("INVALID_FIELD");
      assertThat(refusal.fields().getFieldViolations(0).getField()).isEqualTo("claim_token");
    }
  }

  @Test
  void renewingProlongsTheLease() {
    ClaimGrant grant = stub.claim(create("renewed", 2)).getGranted();

    var until =
        stub.renew(
                RenewRequest.newBuilder()
                    .setClaimToken(grant.getClaimToken())
                    .setLease(seconds(300))
                    .build())
            .getLeaseExpireTime();

    assertThat(until.getSeconds()).isGreaterThan(grant.getLeaseExpireTime().getSeconds() + 200);
  }

  @Test
  void theLongestNamesFitIntoAToken() {
    ResourceKey key =
        ResourceKey.newBuilder()
            .setNamespace("n".repeat(63))
            .setModelType("t".repeat(255))
            .setInstance("\u00fc".repeat(255))
            .setOutputSpec("o".repeat(63))
            .build();
    ClaimGrant grant =
        stub.claim(
                ClaimRequest.newBuilder()
                    .setKey(key)
                    .setAccount("\u20ac".repeat(255))
                    .setFingerprint("\u20ac".repeat(255))
                    .build())
            .getGranted();

    assertThat(complete(grant, "{}", "id-8").getData().getKey()).isEqualTo(key);
  }
}
