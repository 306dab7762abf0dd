package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.Reason;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether a name that the client chooses is taken has to be known before anything is sent. */
@NullUnmarked // a null where none belongs fails the test
class LookBeforeTest extends CannedApiTest {
  private final RestResource resource = Things.reconciledBy(Things.CLIENT_ID);

  private @Nullable Boolean look() throws Exception {
    return new LookBefore(resource, Things.named("web"), context).run();
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void aNameThatTheApiDoesNotKnowIsFree(int status) throws Exception {
    api.says(status, "{}");
    assertThat(look()).isFalse();
    assertThat(api.urls()).containsExactly("/named/web");
  }

  @Test
  void aNameThatIsTakenIsTakenOverOnlyWhereThatIsAskedFor() throws Exception {
    api.says(200, "{}");
    assertThat(fails(Reason.ALREADY_EXISTS, this::look))
        .hasMessageContaining("GET /v1/named/web finds an object that Pawl did not make")
        .satisfies(
            e ->
                assertThat(((dev.pawl.model.MethodException) e).failure().httpStatus())
                    .isEqualTo(200));
    CreateOptions adopt =
        new CreateOptions(
            CreateOptions.Verify.ALWAYS,
            CreateOptions.OnChange.KEEP,
            CreateOptions.Adopt.ON_CONFLICT,
            null,
            false);
    assertThat(
            new LookBefore(resource, Things.named("web"), context.with().options(adopt).build())
                .run())
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"500, UNAVAILABLE", "429, RATE_LIMITED", "302, UNAVAILABLE"})
  void whatMayPassIsAskedThreeTimes(int status, Reason reason) {
    api.says(status, "{}");
    fails(reason, this::look);
    assertThat(api.pauses()).containsExactly(Duration.ofMillis(500), Duration.ofSeconds(1));
  }

  /** A page from whatever stands before the API says nothing about the name. */
  @Test
  void aPageThatSaysNotFoundIsAskedAgain() throws Exception {
    api.says(404, "<h1>", "content-type", "text/html").says(404, "{}");
    assertThat(look()).isFalse();
    assertThat(api.asked()).hasSize(2);
  }

  @Test
  void aRefusalIsFinal() {
    api.says(403, "{}");
    fails(Reason.API_UNAUTHENTICATED, this::look);
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void whatCannotBeAskedIsNotKnown() throws Exception {
    assertThat(new LookBefore(resource, Json.object(), context).run())
        .as("no name was chosen")
        .isNull();
    RestResource unread = Things.things(Things.CLIENT_ID, null, null, null, null);
    assertThat(new LookBefore(unread, Things.named("web"), context).run()).isNull();
    assertThat(api.asked()).isEmpty();
  }
}
