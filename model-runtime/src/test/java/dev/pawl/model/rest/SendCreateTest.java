package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Intent;
import dev.pawl.model.rest.IdentityPart.Source;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import dev.pawl.model.rest.SendCreate.Sent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer to a create means, and until when one may be sent at all. */
@NullUnmarked // a null where none belongs fails the test
class SendCreateTest extends CannedApiTest {
  private static final ObjectNode ID = Json.object().put("id", "t-1");

  private RestResource resource = Things.reconciledBy(Things.NONE);
  private Duration lease = context.timing().lease();
  private long takenNanos = time.nanoTime();

  private Sent send(ClaimMode mode) throws Exception {
    Intent intent =
        new Intent(
            "POST",
            "https://api.test/v1/things?dry=no",
            Map.of("Idempotency-Key", "token-1", "Content-Type", "application/json"),
            Things.named("web"),
            Things.named("web"),
            Json.object(),
            null,
            "token-1",
            "account-1",
            null,
            null);
    return SendCreate.run(
        resource, intent, new Claim(context.key(), mode, 1, 1, 1, lease, takenNanos), context);
  }

  private Sent send() throws Exception {
    return send(ClaimMode.CREATE);
  }

  private Duration timeout() {
    return api.asked().get(0).timeout();
  }

  private void isMadeByAnOperation(String answerPointer, IdentityPart own) {
    BegunOperation task =
        new BegunOperation(
            new Operation(
                "GET", "/tasks/{task}", List.of(Parameter.path("task")), Body.NONE, Map.of(), ""),
            answerPointer,
            List.of(new IdentityPart("task", Source.OPERATION, "/task")),
            "/status",
            Set.of("done"),
            Set.of(),
            "");
    resource =
        new RestResource(
            Things.TYPE,
            resource.api(),
            Things.CREATE,
            Things.GET,
            null,
            null,
            null,
            List.of(own),
            Things.NONE,
            null,
            null,
            Set.of(),
            Set.of(),
            task);
  }

  @Test
  void theStoredRequestGoesOut() throws Exception {
    api.says(201, "{'thing':{'id':'t-1','size':1}}");
    JsonNode shown = Json.parse("{\"id\":\"t-1\",\"size\":1}");
    assertThat(send()).isEqualTo(new Sent.Made(ID, shown, null, false));
    var request = api.asked().get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.uri()).hasToString("https://api.test/v1/things?dry=no");
    assertThat(request.headers()).containsEntry("Idempotency-Key", "token-1");
    assertThat(Json.parse(new String(request.body(), StandardCharsets.UTF_8)))
        .isEqualTo(Things.named("web"));
    assertThat(request.timeout()).isEqualTo(context.timing().createDeadline());
  }

  @Test
  void anAnswerWithoutTheThingIsItsStateAsAWhole() throws Exception {
    isMadeByAnOperation("/task", IdentityPart.location("id"));
    api.says(201, "{'note':'made'}", "location", "/things/t-1");
    assertThat(send()).isEqualTo(new Sent.Made(ID, Json.object().put("note", "made"), null, false));
  }

  @Test
  void whatIsOnlyAcceptedMayYetBeDropped() throws Exception {
    api.says(202, "{'thing':{'id':'t-1'}}");
    assertThat(send()).isEqualTo(new Sent.Made(ID, ID, null, true));
  }

  @Test
  void anOperationBesideTheThingStillHasToEnd() throws Exception {
    isMadeByAnOperation("", IdentityPart.response("id", "/thing/id"));
    api.says(201, "{'thing':{'id':'t-1'},'task':7}");
    assertThat(send()).isEqualTo(new Sent.Made(ID, ID, Json.object().put("task", "7"), false));
  }

  /** What the answer shows is the operation then, and no state. */
  @Test
  void anOperationInThePlaceOfTheThingIsNotItsState() throws Exception {
    isMadeByAnOperation("/thing", new IdentityPart("id", Source.OPERATION, "/made"));
    api.says(202, "{'thing':{'task':7,'made':'t-1'}}");
    assertThat(send())
        .isEqualTo(new Sent.Made(ID, Json.object(), Json.object().put("task", "7"), true));
  }

  @Test
  void anOperationAloneTellsLater() throws Exception {
    isMadeByAnOperation("", new IdentityPart("id", Source.OPERATION, "/made"));
    api.says(202, "{'task':7}");
    assertThat(send())
        .isInstanceOfSatisfying(
            Sent.Accepted.class,
            accepted -> assertThat(accepted.operation()).isEqualTo(Json.object().put("task", "7")));
  }

  @ParameterizedTest
  @CsvSource({
    "201, MadeSomewhere",
    "204, MadeSomewhere",
    "409, Conflict",
    "412, Conflict",
    "400, NotMade",
    "422, NotMade",
    "429, Unknown",
    "408, Unknown",
    "500, Unknown",
    "302, Unknown",
  })
  void onlyARefusalSaysThatNothingWasMade(int status, String kind) throws Exception {
    api.says(status, "{'message':'so it is'}");
    Sent sent = send();
    assertThat(sent.getClass().getSimpleName()).isEqualTo(kind);
    assertThat(sent).asString().contains("was answered " + status + ": so it is");
  }

  @Test
  void whatWasNotSentIsNotMadeAndWhatIsLostMayBe() throws Exception {
    api.isUnreachable().loses();
    assertThat(send())
        .isInstanceOfSatisfying(
            Sent.NotMade.class,
            no -> assertThat(no.failure().reason()).isEqualTo(Reason.UNREACHABLE));
    assertThat(send())
        .isInstanceOfSatisfying(
            Sent.Unknown.class,
            unknown -> assertThat(unknown.failure().reason()).isEqualTo(Reason.UNAVAILABLE));
  }

  /** The quarantine counts from the deadline that the claim made durable. */
  @Test
  void whatWasSpentUnderTheClaimIsTakenOff() throws Exception {
    api.says(201, "{}");
    time.advance(Duration.ofSeconds(6));
    send();
    assertThat(timeout()).isEqualTo(context.timing().createDeadline().minusSeconds(6));
  }

  @Test
  void whoSendsAgainWhileReconcilingHasTheWholeTime() throws Exception {
    api.says(201, "{}");
    time.advance(Duration.ofSeconds(6));
    send(ClaimMode.RECONCILE);
    assertThat(timeout()).isEqualTo(context.timing().createDeadline());
  }

  @Test
  void nothingIsSentOnceTheTimeIsSpent() throws Exception {
    api.says(201, "{}");
    time.advance(context.timing().createDeadline().plusNanos(1));
    assertThat(send()).isInstanceOf(Sent.NotMade.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void norWhereTheLeaseCouldEndBeforeTheAnswer(long more) throws Exception {
    api.says(201, "{}");
    lease = context.timing().createDeadline().plusNanos(more);
    assertThat(send().getClass())
        .isEqualTo(more == 0 ? Sent.NotMade.class : Sent.MadeSomewhere.class);
  }

  @Test
  void toItsLastMomentItIsSent() throws Exception {
    api.says(201, "{}");
    time.advance(context.timing().createDeadline());
    Failure said = ((Sent.MadeSomewhere) send()).failure();
    assertThat(said.httpStatus()).isEqualTo(201);
  }
}
