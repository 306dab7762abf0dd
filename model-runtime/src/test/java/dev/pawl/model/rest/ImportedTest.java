package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** What nobody knows the arguments of is compared with wishes by what the API shows of it. */
@NullUnmarked // a null where none belongs fails the test
class ImportedTest extends ApiTest {

  /** A stored object with nothing, or little, known of what it was made with. */
  private void imported(ObjectNode thing, ObjectNode arguments) throws Exception {
    api.thingMadeByHand("t-9", thing);
    ClaimAnswer answer =
        repository.claim(
            new ClaimRequest(
                row(),
                ClaimMode.CREATE,
                "test",
                Duration.ofSeconds(30),
                Duration.ofSeconds(15),
                Duration.ofSeconds(30),
                null,
                null));
    repository.complete(
        ((ClaimAnswer.Granted) answer).claim(),
        new Completion(
            api.things().get("t-9").deepCopy(),
            "t-9",
            "account-1",
            Json.object().put("id", "t-9"),
            arguments,
            null,
            Outcome.ADOPTED));
  }

  @Test
  void whatIsShownAsItIsAskedForIsVerified() throws Exception {
    ObjectNode shown = Json.object().put("name", "web").put("size", "1");
    shown.putArray("tags").add("blue").add("pawl-aaaaaaaaaaaaaaaaaaaaaaaaaa");
    shown.putObject("image").put("slug", "debian");
    imported(shown, Json.object());
    ObjectNode asked = Things.named("web").put("image", "debian").put("hidden", true);
    asked.putArray("tags").add("blue");

    MethodResult result = call("create", asked, context);

    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(result.differs()).isEmpty();
    assertThat(api.count(POST)).isZero();
    assertThat(Things.model(resource).preview(asked, context).orElseThrow().differs()).isEmpty();
  }

  @Test
  void whatIsShownOtherwiseIsNamedAndKept() throws Exception {
    imported(Things.named("other").put("size", 2), Json.object());

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(result.differs())
        .extracting(FieldDifference::path)
        .containsExactly("/name", "/size");
    assertFails(Reason.ARGUMENTS_CHANGED, context.with().options(onChange(OnChange.FAIL)).build());
    assertThat(api.count(POST)).isZero();
  }

  @Test
  void whatIsMendedAtTheApiNoLongerDiffersAtOnce() throws Exception {
    imported(Things.named("other"), Json.object());
    api.setAll("name", "web");
    assertThat(create().differs()).isEmpty();
  }

  @Test
  void anUpdateMakesItWhatIsAskedFor() throws Exception {
    imported(Things.named("other"), Json.object());
    TestContext update = context.with().options(onChange(OnChange.UPDATE)).build();
    assertThat(Things.model(resource).preview(Things.named("web"), update).orElseThrow().act())
        .isEqualTo(Act.UPDATE);

    assertThat(create(update).outcome()).isEqualTo(Outcome.UPDATED);

    assertThat(api.things().get("t-9").path("name").asText()).isEqualTo("web");
    assertThat(create(update).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(row().fingerprint()).isNotNull();
  }

  @Test
  void whatWasSaidAtTheImportGoesBeforeWhatIsShown() throws Exception {
    imported(Things.named("web"), Json.object().put("name", "alias").put("hidden", 1));
    assertThat(create().differs()).extracting(FieldDifference::path).containsExactly("/name");
    assertThat(call("create", Things.named("alias").put("hidden", 2), context).differs())
        .extracting(FieldDifference::path)
        .containsExactly("/hidden");
  }
}
