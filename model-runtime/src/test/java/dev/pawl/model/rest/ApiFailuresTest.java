package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an API said, in its own words, and what that means for a request with an effect. */
@NullUnmarked // a null where none belongs fails the test
class ApiFailuresTest {
  private static final ApiRequest REQUEST =
      new ApiRequest(
          "POST",
          URI.create("https://api.test:8443/things?key=s3cret"),
          Map.of(),
          null,
          Duration.ofSeconds(1));

  private static ApiResponse answer(int status, String body) {
    return new ApiResponse(
        status, Map.of("retry-after", "7"), body.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "400, API_REFUSED, true",
    "401, API_UNAUTHENTICATED, true",
    "403, API_UNAUTHENTICATED, true",
    "404, API_REFUSED, true",
    "408, UNAVAILABLE, false",
    "425, UNAVAILABLE, false",
    "429, RATE_LIMITED, false",
    "499, UNAVAILABLE, false",
    "500, UNAVAILABLE, false",
    "399, UNAVAILABLE, false",
    "200, UNAVAILABLE, false",
  })
  void onlyARefusalSaysThatNothingWasDone(int status, Reason reason, boolean refusal) {
    Failure failure = ApiFailures.answered(REQUEST, answer(status, ""));
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.message()).isEqualTo("POST /things was answered " + status);
    assertThat(failure.request()).isEqualTo("POST /things");
    assertThat(failure.httpStatus()).isEqualTo(status);
    assertThat(failure.retryAfter()).isEqualTo(Duration.ofSeconds(7));
    assertThat(ApiFailures.isRefusal(status)).isEqualTo(refusal);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"too big\",\"error\":\"E1\"}",
        "{\"error\":{\"message\":\"too big\"}}",
        "{\"error\":\"E1\",\"error_description\":\"too big\"}",
        "{\"title\":\"bad\",\"detail\":\"too big\"}",
        "{\"errors\":[{\"message\":\"too big\"}]}",
        "{\"errors\":[\"too big\"]}",
        "{\"title\":\"too big\",\"message\":\" \"}",
        "{\"error\":\"too big\",\"message\":5}",
        "<html><b>too</b>\n  <i>big</i></html>",
      })
  void theApisWordsAreFoundWhereApisPutThem(String body) {
    assertThat(ApiFailures.answered(REQUEST, answer(422, body)).message())
        .isEqualTo("POST /things was answered 422: too big");
  }

  @Test
  void wordsAreBounded() {
    assertThat(ApiFailures.words(answer(500, "x".repeat(500)))).isEqualTo("x".repeat(500));
    assertThat(ApiFailures.words(answer(500, "x".repeat(501)))).isEqualTo("x".repeat(500) + " …");
  }

  @Test
  void anErrorWithinAnAnswerHasWordsToo() {
    assertThat(ApiFailures.words(Json.parse("{\"message\":\"gone\"}"))).isEqualTo("gone");
    assertThat(ApiFailures.words(Json.parse("\"gone\""))).isEqualTo("gone");
    assertThat(ApiFailures.words(Json.parse("{\"code\":7}"))).isEqualTo("{\"code\":7}");
  }

  /** A query may hold a key. */
  @Test
  void whatGotNoAnswerIsNamedWithoutItsQuery() {
    Failure lost = ApiFailures.lost(REQUEST, new IOException("reset"));
    assertThat(lost.reason()).isEqualTo(Reason.UNAVAILABLE);
    assertThat(lost.message())
        .isEqualTo("POST /things got no answer from https://api.test:8443: reset");
    Failure never = ApiFailures.neverSent(REQUEST, new IOException());
    assertThat(never.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(never.message())
        .isEqualTo("POST /things was not sent to https://api.test:8443: IOException");
    assertThat(never.request()).isEqualTo(lost.request()).isEqualTo("POST /things");
  }
}
