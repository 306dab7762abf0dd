package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.AdoptObject;
import dev.pawl.v1.ClaimMode;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.CreateOrGetResponse;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataState;
import dev.pawl.v1.Outcome;
import dev.pawl.v1.ResolveResourceRequest;
import dev.pawl.v1.ResolveResourceResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** A doubt is settled by decision, once, by what the API shows, and stays known. */
@NullUnmarked // a null where none belongs fails the test
class ResolveResourceTest extends CareApi {

  private static void assertRefused(String reason, Callable<?> call) {
    Wire.Refusal refusal = Wire.refusal(call);
    assertThat(refusal.info().getReason()).as("%s", refusal.status()).isEqualTo(reason);
  }

  @Test
  void theObjectIsReadBeforeItIsAdopted() {
    doubt("web");

    ResolveResourceResponse resolved = served.adopt(PLAIN, "web", "t-1");

    assertThat(resolved.getData().getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(resolved.getData().getExternalId()).isEqualTo("t-1");
    assertThat(resolved.getData().getDataJson()).contains("\"name\":\"web\"");
    assertThat(resolved.getData().hasVerifyTime()).isTrue();
    assertThat(resolved.getWarningsList()).isEmpty();
    CreateOrGetResponse again = served.create(PLAIN, "web", "{\"name\":\"web\"}");
    assertThat(again.getOutcome()).isEqualTo(Outcome.OUTCOME_VERIFIED);
    assertThat(again.getDiffersList()).isEmpty();
    assertThat(api.posts()).isEqualTo(1);
    assertThat(served.database.audit())
        .singleElement()
        .asString()
        .contains("DOUBT_RESOLVED", "shop/plain/web", "t-1", "seen in the console");
  }

  @Test
  void whatTheApiDoesNotHaveIsNotAdopted() {
    doubt("web");

    assertRefused("OBJECT_NOT_FOUND", () -> served.adopt(PLAIN, "web", "t-9"));
    ResolveResourceRequest.Builder told = adoption(PLAIN, "web", "t-9");
    told.getAdoptBuilder().setDataJson("{\"name\":\"web\"}");
    assertRefused("OBJECT_NOT_FOUND", () -> served.stub.resolveResource(told.build()));
    api.isBlind(true);
    assertRefused("VERIFY_UNKNOWN", () -> served.adopt(PLAIN, "web", "t-1"));

    assertThat(served.get(PLAIN, "web").getState()).isEqualTo(DataState.DATA_STATE_IN_DOUBT);
    assertThat(served.database.audit()).isEmpty();
  }

  @Test
  void whatCannotBeReadIsStoredAsToldAndSaidSo() {
    doubt("web");
    api.isBlind(true);
    ResolveResourceRequest.Builder told = adoption(PLAIN, "web", "t-1");
    told.getAdoptBuilder().setDataJson("{\"name\":\"web\"}");

    ResolveResourceResponse resolved = served.stub.resolveResource(told.build());

    assertThat(resolved.getData().getExternalId()).isEqualTo("t-1");
    assertThat(resolved.getData().hasVerifyTime()).isFalse();
    assertThat(resolved.getWarningsList()).singleElement().asString().contains("stored as given");
    api.isBlind(false);
    assertThat(served.create(PLAIN, "web", "{\"name\":\"web\"}").getOutcome())
        .isEqualTo(Outcome.OUTCOME_VERIFIED);
  }

  @Test
  void anotherKeysObjectIsNotAdopted() {
    served.create(PLAIN, "db", "{\"name\":\"db\"}");
    doubt("web");

    Wire.Refusal owned = Wire.refusal(() -> served.adopt(PLAIN, "web", "t-1"));

    assertThat(owned.info().getReason()).isEqualTo("EXTERNAL_ID_OWNED");
    assertThat(owned.status().getMessage()).contains("shop/plain/db");
    assertThat(served.get(PLAIN, "web").getState()).isEqualTo(DataState.DATA_STATE_IN_DOUBT);
    served.adopt(PLAIN, "web", "t-2");
  }

  @Test
  void declaredAbsentItMayBeSentAgainUnderTheNextNumber() {
    doubt("web");
    api.remove("t-1");

    ResolveResourceResponse resolved = served.absent(PLAIN, "web");

    assertThat(resolved.getData().getState()).isEqualTo(DataState.DATA_STATE_ABSENT);
    assertThat(resolved.getWarningsList())
        .singleElement()
        .asString()
        .contains("may still be carried out");
    assertThat(served.create(PLAIN, "web", "{\"name\":\"web\"}").getOutcome())
        .isEqualTo(Outcome.OUTCOME_CREATED);
    assertThat(
            served
                .database
                .store()
                .data()
                .read(new dev.pawl.model.ResourceKey("default", PLAIN, "web", "state"))
                .sendNumber())
        .isEqualTo(2);
    assertThat(api.ids()).containsExactly("t-2");
    assertThat(served.database.audit())
        .singleElement()
        .asString()
        .contains("DOUBT_RESOLVED", "does not exist", "not in the console");
  }

  @Test
  void whatWasDeletedBeforeIsDeletedAgain() {
    served.create(PLAIN, "web", "{\"name\":\"web\"}");
    served.forget(PLAIN, "web");
    doubt("web");
    assertThat(served.absent(PLAIN, "web").getData().getState())
        .isEqualTo(DataState.DATA_STATE_DELETED);
  }

  @Test
  void onlyADoubtIsResolvedAndOnlyTheOneThatWasSeen() {
    assertRefused("NOT_FOUND", () -> served.absent(PLAIN, "never"));
    served.create(PLAIN, "db", "{\"name\":\"db\"}");
    Wire.Refusal present = Wire.refusal(() -> served.adopt(PLAIN, "db", "t-1"));
    assertThat(present.info().getReason()).isEqualTo("NOT_IN_DOUBT");
    assertThat(present.info().getMetadataMap())
        .containsEntry("state", "PRESENT")
        .containsEntry("external_id", "t-1");
    doubt("web");
    long token = served.get(PLAIN, "web").getHolder().getFencingToken();
    ResolveResourceRequest.Builder stale =
        adoption(PLAIN, "web", "t-2").setExpectedFencingToken(token + 1);
    assertRefused("VERSION_CHANGED", () -> served.stub.resolveResource(stale.build()));
    served.stub.resolveResource(stale.setExpectedFencingToken(token).build());
    assertRefused("NOT_IN_DOUBT", () -> served.absent(PLAIN, "web"));
    assertRefused(
        "INVALID_FIELD", () -> served.stub.resolveResource(stale.clone().setReason("").build()));
    assertRefused(
        "INVALID_FIELD",
        () -> served.stub.resolveResource(stale.clone().clearResolution().build()));
  }

  @Test
  void whoeverIsAtItAlreadyIsNotDisturbed() {
    doubt("web");
    ClaimRequest reconcile =
        ClaimRequest.newBuilder()
            .setKey(key(PLAIN, "web"))
            .setMode(ClaimMode.CLAIM_MODE_RECONCILE)
            .setHolder("the other agent")
            .build();
    served.stub.claim(reconcile);

    Wire.Refusal held = Wire.refusal(() -> served.adopt(PLAIN, "web", "t-1"));

    assertThat(held.info().getReason()).isEqualTo("CLAIM_HELD");
    assertThat(held.info().getMetadataMap()).containsEntry("holder", "the other agent");
    served.database.advance(Duration.ofMinutes(1));
    assertThat(served.adopt(PLAIN, "web", "t-1").getData().getExternalId()).isEqualTo("t-1");
  }

  @Test
  void whatAClientRanIsAdoptedWithTheDataGiven() {
    served.stub.claim(
        ClaimRequest.newBuilder()
            .setKey(key("acme/thing", "one"))
            .setFingerprint("f1")
            .setLease(DataApi.seconds(5))
            .build());
    assertRefused("CLAIM_HELD", () -> served.adopt("acme/thing", "one", "id-1"));
    served.database.advance(Duration.ofSeconds(10));
    assertRefused("UNSUPPORTED_BY_MODEL", () -> served.adopt("acme/thing", "one", "id-1"));

    ResolveResourceRequest.Builder given = adoption("acme/thing", "one", "id-1");
    given.setAdopt(
        AdoptObject.newBuilder().setExternalId("id-1").setDataJson("{\"x\":1}").setAccount("acme"));
    Data data = served.stub.resolveResource(given.build()).getData();

    assertThat(data.getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(data.getDataJson()).isEqualTo("{\"x\":1}");
    assertThat(data.getAccount()).isEqualTo("acme");
    assertThat(data.getFingerprint()).isEqualTo("f1");
  }
}
