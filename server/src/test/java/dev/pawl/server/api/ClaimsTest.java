package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Duration;
import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.server.engine.AbandonClaim;
import dev.pawl.server.engine.CheckCall;
import dev.pawl.server.engine.ClaimForClient;
import dev.pawl.server.engine.CompleteClaim;
import dev.pawl.server.engine.CreateOrGet;
import dev.pawl.server.engine.ForgetData;
import dev.pawl.server.engine.ReadData;
import dev.pawl.server.engine.RenewClaim;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.InvokeMethod;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.v1.AbandonRequest;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimMode;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.CompleteResponse;
import dev.pawl.v1.CompleteResult;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.DataState;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.DeleteDataResponse;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.ImportResourceRequest;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.RenewRequest;
import dev.pawl.v1.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients of any language that run creates themselves, on a real database. */
class ClaimsTest {
  /** Short, so that a doubt may be proven unfounded within a test. */
  private static final Timing TIMING =
      new Timing(
          java.time.Duration.ofSeconds(5),
          java.time.Duration.ofSeconds(1),
          java.time.Duration.ofMillis(200),
          java.time.Duration.ofMillis(10),
          java.time.Duration.ofSeconds(1),
          java.time.Duration.ofSeconds(5),
          java.time.Duration.ofSeconds(5));

  private static TestDatabase database;
  private static Wire wire;
  private static DataRepositoryServiceBlockingStub stub;

  @BeforeAll
  static void serve() {
    database = TestDatabase.create();
    DataStore data = database.store().data();
    ModelRegistry models = new ModelRegistry(Map.of());
    InvokeMethod invoke =
        new InvokeMethod(models, new Connections(List.of()), data, TIMING, Pacer.SYSTEM);
    wire =
        new Wire(
            new DataRepositoryApi(
                new CreateOrGet(new CheckCall(models), invoke, data),
                new ClaimForClient(data, TIMING, Pacer.SYSTEM),
                new CompleteClaim(data),
                new AbandonClaim(data),
                new RenewClaim(data),
                new ReadData(data),
                new ForgetData(data, TIMING)));
    stub = DataRepositoryServiceGrpc.newBlockingStub(wire.channel);
  }

  @AfterAll
  static void stop() {
    wire.close();
    database.close();
  }

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
    DataStore data = database.store().data();
    try (Wire other =
        new Wire(
            new DataRepositoryApi(
                new CreateOrGet(
                    new CheckCall(new ModelRegistry(Map.of())),
                    new InvokeMethod(
                        new ModelRegistry(Map.of()),
                        new Connections(List.of()),
                        data,
                        patient,
                        Pacer.SYSTEM),
                    data),
                new ClaimForClient(data, patient, Pacer.SYSTEM),
                new CompleteClaim(data),
                new AbandonClaim(data),
                new RenewClaim(data),
                new ReadData(data),
                new ForgetData(data, patient)))) {
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

  @Test
  void deletingForgetsTheStateAndSaysWhatLivesOn() {
    complete(stub.claim(create("forgotten")).getGranted(), "{\"x\":1}", "id-9");

    Wire.Refusal changed =
        Wire.refusal(
            () ->
                stub.deleteData(
                    DeleteDataRequest.newBuilder()
                        .setKey(key("forgotten"))
                        .setExpectedVersion(7)
                        .build()));
    assertThat(changed.info().getReason()).isEqualTo("VERSION_CHANGED");
    assertThat(changed.info().getMetadataMap()).containsEntry("version", "1");

    DeleteDataResponse deleted = delete("forgotten");
    assertThat(deleted.getNotice()).contains("id-9").contains("still exists");
    assertThat(deleted.getData().getState()).isEqualTo(DataState.DATA_STATE_DELETED);
    assertThat(delete("forgotten").getData().getState()).isEqualTo(DataState.DATA_STATE_DELETED);
    Data kept = get("forgotten");
    assertThat(kept.getDataJson()).isEqualTo("{\"x\":1}");
    assertThat(stub.claim(create("forgotten")).getGranted().getIncarnation()).isEqualTo(2);
    assertThat(Wire.refusal(() -> delete("never-stored")).info().getReason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void dataIsReadWithItsVersionsAndTrimmedByMask() {
    complete(stub.claim(create("read")).getGranted(), "{\"x\":1}", "id-10");

    Data whole = get("read");
    assertThat(whole.hasUpdateTime()).isTrue();
    Data some =
        stub.getData(
                GetDataRequest.newBuilder()
                    .setKey(key("read"))
                    .setReadMask(com.google.protobuf.FieldMask.newBuilder().addPaths("external_id"))
                    .build())
            .getData();
    assertThat(some).isEqualTo(Data.newBuilder().setExternalId("id-10").build());
    assertThat(
            stub.listVersions(ListVersionsRequest.newBuilder().setKey(key("read")).build())
                .getVersionsList())
        .singleElement()
        .satisfies(v -> assertThat(v.getDataJson()).isEqualTo("{\"x\":1}"));
    Wire.Refusal typo =
        Wire.refusal(
            () ->
                stub.getData(
                    GetDataRequest.newBuilder()
                        .setKey(key("read"))
                        .setReadMask(com.google.protobuf.FieldMask.newBuilder().addPaths("stat"))
                        .build()));
    assertThat(typo.status().getMessage()).contains("did you mean 'state'");
    assertThat(
            Wire.refusal(
                    () ->
                        stub.getData(
                            GetDataRequest.newBuilder().setKey(key("read")).setVersion(9).build()))
                .info()
                .getReason())
        .isEqualTo("NOT_FOUND");
  }

  @Test
  void listsGoPageByPageAndRefuseForeignTokens() {
    ResourceKey.Builder key = key("x").toBuilder().setNamespace("pages");
    for (int i = 0; i < 5; i++) {
      ResourceKey one = key.setInstance("page-" + i).build();
      complete(
          stub.claim(ClaimRequest.newBuilder().setKey(one).build()).getGranted(), "{}", "p-" + i);
    }
    ListDataRequest request =
        ListDataRequest.newBuilder().setNamespace("pages").setPageSize(2).build();
    List<String> seen = new ArrayList<>();
    String token = "";
    do {
      ListDataResponse page = stub.listData(request.toBuilder().setPageToken(token).build());
      page.getDataList().forEach(d -> seen.add(d.getKey().getInstance()));
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    assertThat(seen).containsExactly("page-0", "page-1", "page-2", "page-3", "page-4");

    String second = stub.listData(request).getNextPageToken();
    ListDataRequest other =
        request.toBuilder().setInstancePrefix("page").setPageToken(second).build();
    for (ListDataRequest bad :
        List.of(other, request.toBuilder().setPageToken("bm90aGluZw").build())) {
      assertThat(Wire.refusal(() -> stub.listData(bad)).info().getReason())
          .isEqualTo("INVALID_PAGE_TOKEN");
    }
    assertThat(
            Wire.refusal(() -> stub.listData(request.toBuilder().setPageSize(1001).build()))
                .info()
                .getReason())
        .isEqualTo("INVALID_FIELD");
  }

  @Test
  void malformedKeysAndTimesAreRefusedByField() {
    Map<String, ClaimRequest> bad =
        Map.of(
            "key.namespace", with(key("a").toBuilder().setNamespace("No_Good").build()),
            "key.instance", with(key("").toBuilder().build()),
            "key.model_type", with(key("a").toBuilder().clearModelType().build()),
            "key.output_spec", with(key("a").toBuilder().setOutputSpec("o".repeat(64)).build()),
            "lease", create("a").toBuilder().setLease(seconds(601)).build(),
            "wait", create("a").toBuilder().setWait(seconds(-1)).build(),
            "holder", create("a").toBuilder().setHolder("h".repeat(256)).build());
    bad.forEach(
        (field, request) -> {
          Wire.Refusal refusal = Wire.refusal(() -> stub.claim(request));
          assertThat(refusal.info().getReason()).as(field).isEqualTo("INVALID_FIELD");
          assertThat(refusal.fields().getFieldViolations(0).getField()).isEqualTo(field);
        });
  }

  @Test
  void whatIsTooLargeIsRefusedNamingTheLimit() {
    ClaimGrant grant = stub.claim(create("large")).getGranted();
    String mebibyte = "\"" + "x".repeat(1 << 20) + "\"";

    Wire.Refusal refusal = Wire.refusal(() -> complete(grant, mebibyte, "id-11"));

    assertThat(refusal.code()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(refusal.info().getReason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(refusal.info().getMetadataMap()).containsEntry("limit", "data_json size 1048576");
    assertThat(refusal.status().getMessage()).contains("1048576");
  }

  @Test
  void unknownModelsAndLaterCallsAreNamed() {
    Wire.Refusal unknown =
        Wire.refusal(
            () -> stub.createOrGet(CreateOrGetRequest.newBuilder().setKey(key("c")).build()));
    assertThat(unknown.info().getReason()).isEqualTo("MODEL_NOT_FOUND");
    Wire.Refusal later =
        Wire.refusal(() -> stub.importResource(ImportResourceRequest.getDefaultInstance()));
    assertThat(later.code()).isEqualTo("UNIMPLEMENTED");
    assertThat(later.info().getReason()).isEqualTo("NOT_IMPLEMENTED");
    assertThat(later.status().getMessage()).contains("ImportResource");
  }

  private static Data abandon(ClaimGrant grant) {
    return stub.abandon(abandonRequest(grant)).getData();
  }

  private static AbandonRequest abandonRequest(ClaimGrant grant) {
    return AbandonRequest.newBuilder()
        .setClaimToken(grant.getClaimToken())
        .setReason("connection refused")
        .build();
  }

  private static Object renew(ClaimGrant grant) {
    return stub.renew(RenewRequest.newBuilder().setClaimToken(grant.getClaimToken()).build());
  }

  private static CompleteResponse complete(ClaimGrant grant, String data, String id) {
    return stub.complete(
        CompleteRequest.newBuilder()
            .setClaimToken(grant.getClaimToken())
            .setDataJson(data)
            .setExternalId(id)
            .build());
  }

  private static DeleteDataResponse delete(String instance) {
    return stub.deleteData(DeleteDataRequest.newBuilder().setKey(key(instance)).build());
  }

  private static Data get(String instance) {
    return stub.getData(GetDataRequest.newBuilder().setKey(key(instance)).build()).getData();
  }

  private static ClaimRequest create(String instance) {
    return create(instance, 30);
  }

  private static ClaimRequest create(String instance, int leaseSeconds) {
    return ClaimRequest.newBuilder()
        .setKey(key(instance))
        .setFingerprint("f1")
        .setAccount("acme")
        .setLease(seconds(leaseSeconds))
        .build();
  }

  private static ClaimRequest reconcile(String instance) {
    return create(instance).toBuilder().setMode(ClaimMode.CLAIM_MODE_RECONCILE).build();
  }

  private static ClaimRequest with(ResourceKey key) {
    return ClaimRequest.newBuilder().setKey(key).build();
  }

  private static ResourceKey key(String instance) {
    return ResourceKey.newBuilder().setModelType("acme/thing").setInstance(instance).build();
  }

  private static Duration seconds(long seconds) {
    return Duration.newBuilder().setSeconds(seconds).build();
  }
}
