package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the same request says when it is sent again under its token. */
@NullUnmarked // a null where none belongs fails the test
class TokenRepeatedTest extends CannedApiTest {
  private static final String MADE = "{'thing':{'id':'t-1','name':'web'}}";
  private static final Doubt NO_TOKEN_HELPS =
      new Doubt.NotSeen("GET /v1/named/web says that it is not there");

  private String url = api.baseUrl() + "/named";
  private Duration age = Duration.ZERO;

  /** Behind its token, the name that the client chose can be read back. */
  private Doubt look() throws Exception {
    RestResource named = Things.reconciledBy(Things.CLIENT_ID);
    RestResource resource =
        new RestResource(
            named.type(),
            named.api(),
            named.create(),
            named.get(),
            null,
            null,
            null,
            named.identity(),
            new Reconcile.Key("Idempotency-Key", Things.CLIENT_ID, Duration.ofMinutes(100)),
            null,
            null,
            named.secrets());
    Instant sent = time.instant();
    time.advance(age);
    ClaimRequest wish =
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "test",
            context.timing().lease(),
            Duration.ZERO,
            Duration.ZERO,
            null,
            null);
    Claim claim = ((ClaimAnswer.Granted) repository.claim(wish)).claim();
    Intent intent =
        new Intent(
            "POST",
            url,
            Map.of("Idempotency-Key", "token-1"),
            Things.named("web"),
            Things.named("web"),
            Json.object().put("name", "web"),
            null,
            "token-1",
            "account-1",
            false,
            null);
    return new LookForCreate(resource, claim, intent, sent, sent, context).run();
  }

  private long posts() {
    return api.asked().stream().filter(r -> r.method().equals("POST")).count();
  }

  @Test
  void itGivesTheFirstAnswer() throws Exception {
    api.says(201, MADE);
    assertThat(look())
        .isEqualTo(
            new Doubt.Found(
                Json.object().put("name", "web"),
                Json.parse("{\"id\":\"t-1\",\"name\":\"web\"}"),
                Outcome.CREATED));
    assertThat(api.asked().get(0).headers()).containsEntry("Idempotency-Key", "token-1");
  }

  /** An API that does not answer now, or has not finished with the first, may do so soon. */
  @Test
  void itIsSentThreeTimesWithLongerPauses() throws Exception {
    api.says(503, "").says(409, "").says(201, MADE);
    assertThat(look()).isInstanceOf(Doubt.Found.class);
    Duration settle = context.timing().settle();
    assertThat(api.pauses()).containsExactly(settle, settle.multipliedBy(2));
  }

  @Test
  void withoutAnAnswerItMayYetBeCarriedOut() throws Exception {
    api.says(503, "").loses().says(503, "").says(404, "{}");
    assertThat(look())
        .isEqualTo(
            new Doubt.Open(
                "the request was sent again under its token without an answer, and may yet be"
                    + " carried out",
                List.of()));
    assertThat(posts()).isEqualTo(3);
  }

  @Test
  void whatIsFoundWithoutTheTokenIsFound() throws Exception {
    api.says(503, "").says(503, "").says(503, "").says(200, MADE);
    assertThat(look()).isInstanceOf(Doubt.Found.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 411, 422})
  void aReplayedRefusalProvesThatNothingWasMade(int status) throws Exception {
    api.says(status, "{'message':'bad'}");
    assertThat(look())
        .isEqualTo(
            new Doubt.NotSeen(
                "the same request token was refused: POST /v1/named was answered "
                    + status
                    + ": bad"));
  }

  /** Said before tokens are looked at: about who asks, or where. */
  @ParameterizedTest
  @ValueSource(ints = {401, 403, 404, 405, 407, 410})
  void whoIsTurnedAwayLearnsNothingOfTheFirstSend(int status) throws Exception {
    api.says(status, "{}").says(404, "{}");
    assertThat(look()).isEqualTo(NO_TOKEN_HELPS);
    assertThat(posts()).isEqualTo(1);
  }

  /** 0.8 of how long the API keeps it. */
  @Test
  void anOldTokenMayBeForgotten() throws Exception {
    age = Duration.ofMinutes(80);
    api.says(404, "{}");
    assertThat(look()).isEqualTo(NO_TOKEN_HELPS);
    assertThat(posts()).isZero();
  }

  @Test
  void aYoungerOneIsNot() throws Exception {
    age = Duration.ofMinutes(80).minusMillis(1);
    api.says(201, MADE);
    assertThat(look()).isInstanceOf(Doubt.Found.class);
  }

  /** Nor one of another server, whose address only begins like this one's. */
  @ParameterizedTest
  @ValueSource(strings = {"https://other.test/v1/named", "https://api.test/v12/named"})
  void aTokenMeansNothingToAnotherServer(String elsewhere) throws Exception {
    url = elsewhere;
    api.says(404, "{}");
    assertThat(look()).isEqualTo(NO_TOKEN_HELPS);
    assertThat(posts()).isZero();
  }
}
