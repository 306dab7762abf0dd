package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes durable before anything is sent. */
@NullUnmarked // a null where none belongs fails the test
class PlanCreateTest extends CannedApiTest {
  private final String marker = Markers.marker(repository.installationId(), context.key(), 1);

  private ClaimRequest wish(RestResource resource, ObjectNode arguments) throws Exception {
    return new PlanCreate(resource, arguments, context).wish(row());
  }

  private Intent intent(Reconcile strategy, ObjectNode arguments) throws Exception {
    return wish(Things.reconciledBy(strategy), arguments).intent();
  }

  private static RestResource created(Operation create, Reconcile strategy, String... secrets) {
    return new RestResource(
        Things.TYPE,
        new ApiDescriptor("fake", "", ApiDescriptor.Auth.NONE),
        create,
        Things.GET,
        null,
        null,
        null,
        List.of(IdentityPart.response("id", "/thing/id")),
        strategy,
        null,
        null,
        Set.of(secrets));
  }

  @Test
  void theWholeRequestAndTheTimesOfItsSend() throws Exception {
    ClaimRequest wish =
        wish(Things.reconciledBy(Things.NONE), Things.named("web").put("password", "s"));
    assertThat(wish.mode()).isEqualTo(ClaimMode.CREATE);
    assertThat(wish.holder()).isEqualTo(context.caller().describe());
    assertThat(wish.lease()).isEqualTo(context.timing().lease());
    assertThat(wish.sendWithin()).isEqualTo(context.timing().createDeadline());
    assertThat(wish.allowance()).isEqualTo(context.timing().processingAllowance());
    assertThat(wish.fingerprint())
        .as("secrets are not compared")
        .isEqualTo(Json.fingerprint(Things.named("web")));
    Intent intent = wish.intent();
    assertThat(intent.method()).isEqualTo("POST");
    assertThat(intent.url()).isEqualTo("https://api.test/v1/things");
    assertThat(intent.body()).isEqualTo(Things.named("web").put("password", "s"));
    assertThat(intent.arguments()).as("nor stored").isEqualTo(Things.named("web"));
    assertThat(intent.account()).isEqualTo("account-1");
    assertThat(intent.marker()).isNull();
    assertThat(intent.requestToken()).isNull();
    assertThat(intent.naturalKey()).isNull();
    assertThat(intent.existedBefore()).isNull();
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aMarkerIsInTheBody() throws Exception {
    Intent intent = intent(Things.MARKER, Things.named("web"));
    assertThat(intent.marker()).isEqualTo(marker);
    assertThat(Markers.carries(intent.body(), (Reconcile.Marker) Things.MARKER, marker)).isTrue();
    Intent behind = intent(new Reconcile.Key("K", Things.MARKER), Things.named("web"));
    assertThat(behind.marker()).as("behind a token too").isEqualTo(marker);
  }

  @Test
  void whatHasNoBodyCarriesNoMarker() throws Exception {
    Operation empty = new Operation("POST", "/things", List.of(), Body.NONE, Map.of(), "/thing");
    Intent intent = wish(created(empty, Things.MARKER), Json.object()).intent();
    assertThat(intent.marker()).isNull();
    assertThat(intent.body()).isNull();
    Intent token = wish(created(empty, Things.KEY), Json.object()).intent();
    assertThat(token.headers()).containsEntry("Idempotency-Key", token.requestToken());
  }

  @Test
  void aTokenIsOfTheNextSendAndItsBody() throws Exception {
    Intent intent = intent(Things.KEY, Things.named("web"));
    String token = Markers.requestToken(marker, 1, Json.fingerprint(Things.named("web")));
    assertThat(intent.requestToken()).isEqualTo(token);
    assertThat(intent.headers()).containsEntry("Idempotency-Key", token);
    assertThat(intent.marker()).as("nothing behind it marks").isNull();
    assertThat(intent(Things.KEY, Things.named("db")).requestToken()).isNotEqualTo(token);
  }

  @Test
  void aTokenInTheBodyIsSpeltAsTheApiTakesIt() throws Exception {
    RequestToken place =
        new RequestToken(RequestToken.Place.BODY, "client_token", RequestToken.Form.UUID);
    Intent intent =
        intent(new Reconcile.Key(place, Things.NONE, Reconcile.Key.LIFETIME), Things.named("web"));
    String token = Markers.requestToken(marker, 1, Json.fingerprint(Things.named("web")));
    assertThat(intent.requestToken()).isEqualTo(Markers.uuid(token));
    assertThat(intent.body().path("client_token").asText()).isEqualTo(Markers.uuid(token));
  }

  /** Two keys of one name are not sent side by side. */
  @Test
  void aNaturalKeyIsOneHoweverItIsWritten() throws Exception {
    String web = intent(Things.NATURAL_KEY, Things.named("web")).naturalKey();
    assertThat(web).isNotNull();
    assertThat(intent(Things.NATURAL_KEY, Things.named(" WEB ").put("size", 9)).naturalKey())
        .isEqualTo(web);
    assertThat(intent(Things.NATURAL_KEY, Things.named("db")).naturalKey()).isNotEqualTo(web);
    assertThat(intent(new Reconcile.Key("K", Things.NATURAL_KEY), Things.named("web")).naturalKey())
        .isEqualTo(web);
  }

  @Test
  void aChosenNameIsItsOwnNaturalKeyAndIsLookedFor() throws Exception {
    api.says(404, "{}");
    Intent web = intent(Things.CLIENT_ID, Things.named("web"));
    assertThat(web.naturalKey()).isEqualTo(Json.fingerprint(Json.object().put("name", "web")));
    assertThat(web.existedBefore()).isFalse();
    assertThat(web.identity()).isEqualTo(Json.object().put("name", "web"));
    Intent unnamed = intent(Things.CLIENT_ID, Json.object());
    assertThat(unnamed.naturalKey()).isNull();
    assertThat(unnamed.existedBefore()).isNull();
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void secretsMayLieDeep() {
    RestResource resource = created(Things.CREATE, Things.NONE, "/password", "/db/admin/key");
    ObjectNode given =
        (ObjectNode)
            Json.parse("{\"password\":\"a\",\"db\":{\"admin\":{\"key\":\"b\",\"name\":\"c\"}}}");
    JsonNode kept = Json.parse("{\"db\":{\"admin\":{\"name\":\"c\"}}}");
    assertThat(PlanCreate.withoutSecrets(resource, given)).isEqualTo(kept);
    assertThat(PlanCreate.withoutSecrets(resource, Json.object().put("db", "none")))
        .isEqualTo(Json.object().put("db", "none"));
    PlanCreate plan = new PlanCreate(resource, given, context);
    assertThat(plan.arguments()).isEqualTo(given);
    assertThat(plan.comparable()).isEqualTo(kept);
  }

  private void buries(Cause cause) throws Exception {
    repository.bury(stored(Json.object(), Json.object()), cause);
  }

  private void refuse(@Nullable Instant began, boolean recreate) throws Exception {
    TestContext in =
        context
            .with()
            .options(
                new CreateOptions(
                    CreateOptions.Verify.ALWAYS,
                    CreateOptions.OnChange.KEEP,
                    CreateOptions.Adopt.NEVER,
                    began,
                    recreate))
            .build();
    new PlanCreate(Things.reconciledBy(Things.NONE), Json.object(), in).refuseAfterDelete(row());
  }

  @Test
  void whatWasDeletedAfterThisBeganIsNotMadeAnew() throws Exception {
    Instant began = time.instant();
    time.advance(Duration.ofSeconds(1));
    Instant deleted = time.instant();
    buries(Cause.DELETED);
    assertThat(fails(Reason.DELETED_AFTER_START, () -> refuse(began, false)))
        .hasMessage(
            context.key()
                + " was deleted at "
                + deleted
                + ", after this began at "
                + began
                + "; start anew, or set recreate: true");
    refuse(began, true);
    refuse(deleted, false);
    refuse(null, false);
  }

  @Test
  void whatWasOnlyFoundGoneIs() throws Exception {
    Instant began = time.instant();
    refuse(began, false);
    time.advance(Duration.ofSeconds(1));
    buries(Cause.VERIFIED_GONE);
    refuse(began, false);
    assertThat(row().tombstone().cause()).isEqualTo(Cause.VERIFIED_GONE);
  }
}
