package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.CreateOrGetRequest;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataState;
import dev.pawl.v1.DeleteDataRequest;
import dev.pawl.v1.DeleteDataResponse;
import dev.pawl.v1.GetDataRequest;
import dev.pawl.v1.ListDataRequest;
import dev.pawl.v1.ListDataResponse;
import dev.pawl.v1.ListVersionsRequest;
import dev.pawl.v1.ResourceKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reading, listing and forgetting what is stored, and what is refused on the way. */
class StoredDataTest extends DataApi {
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
    assertThat(database.audit()).filteredOn(e -> e.contains("DATA_DELETED")).hasSize(1);
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
    assertThat(whole.hasCreateTime()).isTrue();
    assertThat(
            stub.listData(ListDataRequest.newBuilder().setInstancePrefix("read").build())
                .getDataList())
        .singleElement()
        .satisfies(listed -> assertThat(listed.getUpdateTime()).isEqualTo(whole.getUpdateTime()))
        .satisfies(listed -> assertThat(listed.getCreateTime()).isEqualTo(whole.getCreateTime()));
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
  void unknownModelsAreNamed() {
    Wire.Refusal unknown =
        Wire.refusal(
            () -> stub.createOrGet(CreateOrGetRequest.newBuilder().setKey(key("c")).build()));
    assertThat(unknown.info().getReason()).isEqualTo("MODEL_NOT_FOUND");
  }
}
