package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.AuditEvent;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc;
import dev.pawl.v1.DataState;
import dev.pawl.v1.ListAuditEventsRequest;
import dev.pawl.v1.ListAuditEventsResponse;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.PutDataRequest;
import dev.pawl.v1.PutDataResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Data stored by hand: versions, refusals, keys and the audit. */
class PutDataTest extends DataApi {

  private static PutDataRequest.Builder put(String instance, String data) {
    return PutDataRequest.newBuilder().setKey(key(instance)).setDataJson(data);
  }

  private static Data put(PutDataRequest.Builder request) {
    return stub.putData(request.build()).getData();
  }

  private static String reason(PutDataRequest.Builder request) {
    return Wire.refusal(() -> stub.putData(request.build())).info().getReason();
  }

  private static int versions(String instance) {
    return stub.listVersions(ListVersionsRequest.newBuilder().setKey(key(instance)).build())
        .getVersionsCount();
  }

  @Test
  void eachPutIsAVersionAndWhatIsLeftOutIsKept() {
    Data first = put(put("kept", "{\"n\":1}").setExternalId("id-1").setAccount("acme"));
    Data second = put(put("kept", "{\"n\":9007199254740993}"));

    assertThat(first.getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(first.getVersion()).isEqualTo(1);
    assertThat(second.getVersion()).isEqualTo(2);
    assertThat(second.getDataJson()).isEqualTo("{\"n\":9007199254740993}");
    assertThat(second.getExternalId()).isEqualTo("id-1");
    assertThat(second.getAccount()).isEqualTo("acme");
    assertThat(second.hasVerifyTime()).isFalse();
    assertThat(get("kept")).isEqualTo(second);
    assertThat(versions("kept")).isEqualTo(2);
  }

  @Test
  void anotherVersionThanTheExpectedIsRefusedAndStoresNothing() {
    assertThat(reason(put("cas", "1").setExpectedVersion(3))).isEqualTo("VERSION_CHANGED");
    put(put("cas", "1").setExpectedVersion(0));
    Wire.Refusal refusal =
        Wire.refusal(() -> stub.putData(put("cas", "2").setExpectedVersion(0).build()));
    assertThat(refusal.code()).isEqualTo("ABORTED");
    assertThat(refusal.info().getMetadataMap()).containsEntry("version", "1");
    put(put("cas", "2").setExpectedVersion(1));
    assertThat(get("cas").getDataJson()).isEqualTo("2");
    assertThat(versions("cas")).isEqualTo(2);
  }

  @Test
  void whatSomebodyHoldsOrIsInDoubtIsRefused() {
    var grant = stub.claim(create("held", 30)).getGranted();
    assertThat(reason(put("held", "1"))).isEqualTo("CLAIM_HELD");
    abandon(grant);
    assertThat(put(put("held", "1")).getVersion()).isEqualTo(1);

    stub.claim(create("doubt", 1));
    stub.claim(create("doubt").toBuilder().setWait(seconds(20)).build());
    assertThat(reason(put("doubt", "1"))).isEqualTo("IN_DOUBT");
    assertThat(get("doubt").getState()).isEqualTo(DataState.DATA_STATE_IN_DOUBT);
  }

  @Test
  void anObjectBelongsToOneKey() {
    put(put("owner", "1").setExternalId("id-9").setAccount("acme"));
    put(put("thief", "1").setAccount("acme"));
    Wire.Refusal refusal =
        Wire.refusal(() -> stub.putData(put("thief", "2").setExternalId("id-9").build()));
    assertThat(refusal.info().getReason()).isEqualTo("EXTERNAL_ID_OWNED");
    assertThat(refusal.status().getMessage()).contains("owner");
    assertThat(get("thief").getVersion()).isEqualTo(1);
  }

  @Test
  void whatWasDeletedComesBackAsAnotherObject() {
    put(put("gone", "{\"a\":1}").setExternalId("id-2").setAccount("acme"));
    delete("gone");
    Data back = put(put("gone", "{\"a\":2}"));
    assertThat(back.getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(back.getVersion()).isEqualTo(2);
    assertThat(back.getIncarnation()).isEqualTo(2);
    assertThat(back.getExternalId()).isEmpty();
  }

  @Test
  void aKeyRepeatedGivesTheFirstAnswerAndForAnotherRequestIsRefused() {
    PutDataRequest.Builder first = put("keyed", "{\"n\":1}").setIdempotencyKey("k");
    PutDataResponse stored = stub.putData(first.build());
    put(put("keyed", "{\"n\":2}"));

    PutDataResponse again = stub.putData(first.setDataJson("{ \"n\": 1 }").build());
    assertThat(stored.getReplayed()).isFalse();
    assertThat(again.getReplayed()).isTrue();
    assertThat(again.getData().getVersion()).isEqualTo(1);
    assertThat(again.getData().getDataJson()).isEqualTo("{\"n\":1}");
    assertThat(get("keyed").getVersion()).isEqualTo(2);

    Wire.Refusal other = Wire.refusal(() -> stub.putData(first.setDataJson("{\"n\":3}").build()));
    assertThat(other.code()).isEqualTo("ALREADY_EXISTS");
    assertThat(other.info().getReason()).isEqualTo("IDEMPOTENCY_KEY_REUSED");
    assertThat(other.info().getMetadataMap()).containsEntry("differs", "data.n");
    assertThat(other.status().getMessage()).contains("version 1 of").contains("keyed");
    assertThat(versions("keyed")).isEqualTo(2);
  }

  @Test
  void aRefusedPutTakesNoKey() {
    put(put("refused", "1"));
    PutDataRequest.Builder stale =
        put("refused", "2").setExpectedVersion(7).setIdempotencyKey("refused-key");
    assertThat(reason(stale)).isEqualTo("VERSION_CHANGED");
    PutDataResponse other = stub.putData(stale.setExpectedVersion(1).build());
    assertThat(other.getReplayed()).isFalse();
    assertThat(reason(put("refused", "3").setIdempotencyKey("")))
        .isEqualTo("INVALID_IDEMPOTENCY_KEY");
    assertThat(reason(put("refused", "3").setIdempotencyKey("a\0b")))
        .isEqualTo("INVALID_IDEMPOTENCY_KEY");
  }

  @Test
  void ofConcurrentPutsWithOneKeyOneStoresAndAllGetItsAnswer() throws Exception {
    List<PutDataResponse> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<PutDataResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(
            threads.submit(
                () -> stub.putData(put("raced", "{\"a\":1}").setIdempotencyKey("race").build())));
      }
      for (Future<PutDataResponse> call : calls) {
        all.add(call.get());
      }
    }
    assertThat(all.stream().filter(r -> !r.getReplayed())).hasSize(1);
    assertThat(all).extracting(r -> r.getData().getVersion()).containsOnly(1L);
    assertThat(versions("raced")).isEqualTo(1);
  }

  @Test
  void withoutRetentionAReplayIsRefusedAtOnceNamingWhatItWas() {
    try (Wire brief = new Wire(api(TIMING, Duration.ZERO))) {
      var forgetful = DataRepositoryServiceGrpc.newBlockingStub(brief.channel);
      PutDataRequest request = put("expired", "1").setIdempotencyKey("brief").build();
      forgetful.putData(request);
      Wire.Refusal late = Wire.refusal(() -> forgetful.putData(request));
      assertThat(late.code()).isEqualTo("FAILED_PRECONDITION");
      assertThat(late.info().getReason()).isEqualTo("IDEMPOTENCY_KEY_EXPIRED");

      database.store().keys().shrink(1000);
      Wire.Refusal later = Wire.refusal(() -> forgetful.putData(request));
      assertThat(later.status().getMessage()).contains("version 1 of").contains("expired");
      assertThat(versions("expired")).isEqualTo(1);
    }
  }

  @Test
  void everyPutIsInTheAudit() {
    put(put("audited", "1").setExternalId("id-3"));
    put(put("audited", "2").setExternalId("id-4"));
    put(put("somebody-else", "1"));

    ListAuditEventsRequest.Builder about =
        ListAuditEventsRequest.newBuilder().setKey(key("audited")).setPageSize(1);
    ListAuditEventsResponse newest = stub.listAuditEvents(about.build());
    ListAuditEventsResponse older =
        stub.listAuditEvents(about.setPageToken(newest.getNextPageToken()).build());

    AuditEvent event = newest.getEvents(0);
    assertThat(event.getKind()).isEqualTo("DATA_PUT");
    assertThat(event.getActor()).startsWith("127.0.0.1:");
    assertThat(event.getKey().getInstance()).isEqualTo("audited");
    assertThat(event.getSummary()).contains("version 2 of");
    assertThat(event.getDetailsJson()).contains("\"externalIdBefore\":\"id-3\"");
    assertThat(older.getEvents(0).getEventId()).isLessThan(event.getEventId());
    assertThat(older.getNextPageToken()).isEmpty();
    assertThat(
            Wire.refusal(() -> stub.listAuditEvents(about.setKey(key("another")).build()))
                .info()
                .getReason())
        .isEqualTo("INVALID_PAGE_TOKEN");
    assertThat(
            stub.listAuditEvents(ListAuditEventsRequest.newBuilder().setRunId("none").build())
                .getEventsCount())
        .isZero();
  }
}
