package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.CreateOrGetResponse;
import dev.pawl.v1.DataState;
import dev.pawl.v1.FieldDifference;
import dev.pawl.v1.ImportResourceResponse;
import dev.pawl.v1.Outcome;
import java.util.concurrent.Callable;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** An object that exists becomes a key's own, and a later create finds it. */
@NullUnmarked // a null where none belongs fails the test
class ImportResourceTest extends CareApi {

  private static void assertRefused(String reason, Callable<?> call) {
    Wire.Refusal refusal = Wire.refusal(call);
    assertThat(refusal.info().getReason()).as("%s", refusal.status()).isEqualTo(reason);
  }

  @Test
  void whatExistsIsImportedAndLaterVerified() {
    api.put("x-1", "web");

    ImportResourceResponse imported = served.imports(PLAIN, "web", "x-1");

    assertThat(imported.getAlreadyPresent()).isFalse();
    assertThat(imported.getData().getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(imported.getData().getAccount()).isEqualTo("acme");
    assertThat(imported.getData().getDataJson()).contains("\"name\":\"web\"");
    assertThat(imported.getData().hasVerifyTime()).isTrue();
    assertThat(served.database.audit())
        .singleElement()
        .asString()
        .contains("RESOURCE_IMPORTED", "x-1", "shop/plain/web");
    CreateOrGetResponse same = served.create(PLAIN, "web", "{\"name\":\"web\"}");
    assertThat(same.getOutcome()).isEqualTo(Outcome.OUTCOME_VERIFIED);
    assertThat(same.getDiffersList()).isEmpty();
    CreateOrGetResponse other = served.create(PLAIN, "web", "{\"name\":\"db\",\"size\":2}");
    assertThat(other.getOutcome()).isEqualTo(Outcome.OUTCOME_VERIFIED);
    assertThat(other.getDiffersList())
        .extracting(FieldDifference::getPath)
        .containsExactly("/name");
    assertThat(api.posts()).isZero();
  }

  @Test
  void importingItAgainChangesNothingAndAnotherIsRefused() {
    api.put("x-1", "web");
    api.put("x-2", "web");
    served.imports(PLAIN, "web", "x-1");

    ImportResourceResponse again = served.imports(PLAIN, "web", "x-1");

    assertThat(again.getAlreadyPresent()).isTrue();
    assertThat(again.getData().getVersion()).isEqualTo(1);
    Wire.Refusal other = Wire.refusal(() -> served.imports(PLAIN, "web", "x-2"));
    assertThat(other.info().getReason()).isEqualTo("DUPLICATE");
    assertThat(other.info().getMetadataMap())
        .containsEntry("stored_id", "x-1")
        .containsEntry("other_id", "x-2");
    assertRefused("EXTERNAL_ID_OWNED", () -> served.imports(PLAIN, "db", "x-1"));
    assertThat(served.database.audit()).hasSize(1);
    served.database.execute("update resource set account = 'other'");
    assertRefused("ACCOUNT_MISMATCH", () -> served.imports(PLAIN, "web", "x-1"));
  }

  @Test
  void whatIsForgottenIsTakenBack() {
    served.create(MARKED, "web", "{\"name\":\"web\"}");
    served.forget(MARKED, "web");

    ImportResourceResponse back = served.imports(MARKED, "web", "t-1");

    assertThat(back.getData().getState()).isEqualTo(DataState.DATA_STATE_PRESENT);
    assertThat(served.create(MARKED, "web", "{\"name\":\"web\"}").getOutcome())
        .isEqualTo(Outcome.OUTCOME_VERIFIED);
    assertThat(api.posts()).isEqualTo(1);
    assertThat(served.kinds(MARKED)).isEmpty();
  }

  @Test
  void whatCannotBeImportedIsSaid() {
    assertRefused("OBJECT_NOT_FOUND", () -> served.imports(PLAIN, "web", "x-1"));
    assertRefused("MODEL_NOT_FOUND", () -> served.imports("shop/plian", "web", "x-1"));
    assertRefused("UNSUPPORTED_BY_MODEL", () -> served.imports("core/wait", "web", "x-1"));
    assertRefused("INVALID_FIELD", () -> served.imports(PLAIN, "web", ""));
    api.isBlind(true);
    assertRefused("VERIFY_UNKNOWN", () -> served.imports(PLAIN, "web", "x-1"));
    api.isBlind(false);
    doubt("web");
    assertRefused("IN_DOUBT", () -> served.imports(PLAIN, "web", "t-1"));
    assertThat(served.get(PLAIN, "web").getState()).isEqualTo(DataState.DATA_STATE_IN_DOUBT);
    assertRefused("NOT_FOUND", () -> served.get(PLAIN, "never"));
  }
}
