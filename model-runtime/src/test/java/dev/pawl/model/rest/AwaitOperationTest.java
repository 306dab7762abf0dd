package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.rest.AwaitOperation.Ended;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each answer of an operation means, and when it is asked again. */
@NullUnmarked // a null where none belongs fails the test
class AwaitOperationTest extends CannedApiTest {
  private static final String RUNNING = "{'op':{'status':'running'}}";
  private static final String DONE = "{'op':{'status':'Done','made':'t-1'}}";

  private static BegunOperation operation(Set<String> failed, String errorPointer) {
    Operation get =
        new Operation(
            "GET", "/ops/{op}", List.of(Parameter.path("op")), Body.NONE, Map.of(), "/op");
    return new BegunOperation(get, "", List.of(), "/status", Set.of("done"), failed, errorPointer);
  }

  private Ended await() throws Exception {
    return await(operation(Set.of("failed"), "/error"));
  }

  private Ended await(BegunOperation operation) throws Exception {
    return new AwaitOperation(
            operation, Rows.KEY, Json.object(), Json.object().put("op", "7"), context)
        .run();
  }

  private String failure(BegunOperation operation, String body) throws Exception {
    api.says(200, body);
    return await(operation) instanceof Ended.Failed failed ? failed.failure().message() : "";
  }

  private static List<Duration> millis(long... each) {
    return LongStream.of(each).mapToObj(Duration::ofMillis).toList();
  }

  @Test
  void itIsAskedLessAndLessOften() throws Exception {
    for (int i = 0; i < 7; i++) {
      api.says(200, RUNNING);
    }
    api.says(200, DONE);

    assertThat(await())
        .isEqualTo(new Ended.Well(Json.parse("{\"status\":\"Done\",\"made\":\"t-1\"}"), ""));

    assertThat(api.pauses()).isEqualTo(millis(200, 400, 800, 1600, 3200, 5000, 5000));
    assertThat(api.urls()).containsOnly("/ops/7");
    assertThat(context.waits())
        .containsOnly("GET /v1/ops/7, which makes " + Rows.KEY + ": it is 'running'");
  }

  @Test
  void whoAsksToBeLeftInPeaceIs() throws Exception {
    api.says(200, RUNNING, "retry-after", "30").says(503, "", "retry-after", "1").says(200, DONE);
    await();
    assertThat(api.pauses()).isEqualTo(millis(30_000, 1000));
  }

  @Test
  void itIsAskedForAsLongAsAnythingIsGivenToBecomeReady() {
    api.says(200, RUNNING);

    MethodException failure = fails(Reason.DEADLINE, this::await);

    assertThat(failure.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
    assertThat(failure)
        .hasMessageContaining("was accepted, and is not made after 60")
        .hasMessageContaining("GET /v1/ops/7: it is 'running'; run again to go on waiting");
    Duration asked = api.pauses().stream().reduce(Duration.ZERO, Duration::plus);
    assertThat(asked)
        .isBetween(context.timing().readyWait(), context.timing().readyWait().plusSeconds(5));
  }

  /** One answer of that kind may be a replica's that lags behind the create. */
  @ParameterizedTest
  @CsvSource({"404, true", "410, true", "403, false", "400, false"})
  void whatIsRefusedTwiceIsForgotten(int status, boolean gone) throws Exception {
    api.says(status, "{'message':'no'}");
    assertThat(await())
        .isEqualTo(new Ended.Forgotten("GET /v1/ops/7 was answered " + status + ": no", gone));
    assertThat(api.pauses()).containsExactly(context.timing().settle());
  }

  @Test
  void oneThatIsShownInBetweenIsNotForgotten() throws Exception {
    api.says(404, "{}").says(200, RUNNING).says(404, "{}").says(200, DONE);
    assertThat(await()).isInstanceOf(Ended.Well.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{'op':[]}", "{'op'", "{'op':{'status':''}}", "{'op':{}}"})
  void whatSaysNothingIsAskedAgain(String body) throws Exception {
    api.says(200, body).says(200, DONE);
    assertThat(await()).isInstanceOf(Ended.Well.class);
    assertThat(api.asked()).hasSize(2);
  }

  @Test
  void noStatusReadsAsNotDone() throws Exception {
    api.says(200, "{'op':{}}").says(500, "down").says(404, "<p>", "content-type", "text/html");
    api.loses().says(200, DONE);
    await();
    assertThat(context.waits())
        .extracting(w -> w.replaceFirst(".*state: ", ""))
        .containsExactly(
            "it is 'not done'",
            "GET /v1/ops/7 was answered 500: down",
            "GET /v1/ops/7 was answered 404",
            "GET /v1/ops/7 got no answer from https://api.test: reset");
  }

  @Test
  void whereItPointsWhenItEndsIsSaid() throws Exception {
    api.says(303, "", "location", "/things/t-1");
    assertThat(await()).isEqualTo(new Ended.Well(Json.object(), "/things/t-1"));
  }

  @Test
  void whatEndedWellMayPointToo() throws Exception {
    api.says(303, "").says(200, DONE, "location", "/things/t-1");
    assertThat(await())
        .as("a 303 that points nowhere says nothing")
        .isInstanceOfSatisfying(
            Ended.Well.class, well -> assertThat(well.location()).isEqualTo("/things/t-1"));
  }

  @Test
  void aStatusSaysThatItFailed() throws Exception {
    BegunOperation operation = operation(Set.of("failed"), "/error");
    assertThat(failure(operation, "{'op':{'status':'FAILED','error':{'message':'no room'}}}"))
        .isEqualTo(
            Rows.KEY + " was accepted and then not made: GET /v1/ops/7 ended as 'FAILED': no room");
  }

  @Test
  void aFailureWithoutWordsIsOneToo() throws Exception {
    assertThat(failure(operation(Set.of("failed"), ""), "{'op':{'status':'failed','error':'x'}}"))
        .endsWith("ended as 'failed'");
  }

  /** Where a status says so, what stands beside a good one is no failure. */
  @Test
  void anErrorBesideAGoodStatusIsNoFailureWhereAStatusWouldSayIt() throws Exception {
    assertThat(
            failure(operation(Set.of("failed"), "/error"), "{'op':{'status':'done','error':'x'}}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'''x''', true",
    "'{''message'':''x''}', true",
    "true, true",
    "null, false",
    "false, false",
    "'''''', false",
    "{}, false",
    "[], false",
    "'[''x'']', true",
  })
  void whereNoStatusMeansFailureAnErrorDoes(String error, boolean failed) throws Exception {
    String body = "{'op':{'status':'done','error':" + error + "}}";
    assertThat(failure(operation(Set.of(), "/error"), body).isEmpty()).isNotEqualTo(failed);
  }

  @Test
  void withoutAnErrorFieldADoneOneHasEndedWell() throws Exception {
    assertThat(failure(operation(Set.of(), ""), "{'op':{'status':'done','error':'x'}}")).isEmpty();
  }
}
