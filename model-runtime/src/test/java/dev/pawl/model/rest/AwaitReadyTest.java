package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was made is read until it may be used, and what was deleted until it is gone. */
@NullUnmarked // a null where none belongs fails the test
class AwaitReadyTest extends CannedApiTest {
  private static final String NEW = "{'thing':{'status':'new'}}";
  private static final String ACTIVE = "{'thing':{'status':'active'}}";

  private RestResource resource = things(Things.GET, readiness());
  private StoredResource made;

  private static Readiness readiness() {
    return new Readiness("/status", Set.of("new"), Set.of("errored"));
  }

  private static RestResource things(@Nullable Operation get, @Nullable Readiness readiness) {
    return Things.things(Things.NONE, get, null, readiness, null);
  }

  @BeforeEach
  void store() throws MethodException {
    time.advance(Duration.ofHours(1));
    made = stored(Json.object().put("status", "new"), Json.object());
  }

  private JsonNode ready() throws Exception {
    return new AwaitReady(resource, context).run(made);
  }

  private void gone() throws Exception {
    new AwaitGone(resource, made, context).run();
  }

  @Test
  void itIsAskedForLessAndLessOften() throws Exception {
    for (int i = 0; i < 7; i++) {
      api.says(200, NEW);
    }
    api.says(200, ACTIVE);

    assertThat(ready().path("status").asText()).isEqualTo("active");

    assertThat(api.pauses())
        .extracting(Duration::toMillis)
        .containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L);
    assertThat(api.urls()).containsOnly("/things/t-1");
    assertThat(context.waits()).containsOnly("web-1 to become ready: it is 'new'");
    assertThat(row().data().path("status").asText()).isEqualTo("active");
  }

  @Test
  void thatHasAnEndAndTheNextRunGoesOn() {
    api.says(200, NEW);
    assertThat(fails(Reason.DEADLINE, this::ready))
        .hasMessageContaining(context.key() + " exists but is not ready after 60")
        .hasMessageContaining("s: it is 'new'; run again to go on waiting");
  }

  @Test
  void whatComesUpFailedNeverWill() {
    api.says(200, NEW).says(200, "{'thing':{'status':'errored'}}");
    assertThat(fails(Reason.NOT_READY, this::ready))
        .hasMessageContaining("came up as 'errored'; delete it, then run again");
  }

  /** A value that the document does not know must not make a caller wait for ever. */
  @Test
  void everyOtherStatusIsReady() throws Exception {
    api.says(200, "{'thing':{'status':'hibernating'}}");
    ready();
    assertThat(api.asked()).hasSize(1);
  }

  /** It is made and stored: a read that fails only delays what we know of it. */
  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "{'thing':[]}", "{'thing"})
  void aReadThatShowsNothingChangesNothing(String body) throws Exception {
    api.says(200, body).says(500, ACTIVE).loses().says(200, ACTIVE);
    assertThat(ready().path("status").asText()).isEqualTo("active");
    assertThat(api.asked()).hasSize(4);
    assertThat(row().version()).isEqualTo(made.version() + 1);
  }

  @Test
  void whereNothingReadsItOrSaysSoItIsReadyAtOnce() throws Exception {
    resource = things(null, null);
    assertThat(ready()).isEqualTo(made.data());
    assertThat(api.asked()).isEmpty();
    assertThat(row().confirmed()).isFalse();
  }

  /** Others may verify what was just made before its maker does. */
  @Test
  void whatAnotherHasStoredMeanwhileIsTaken() throws Exception {
    repository.confirm(row(), Json.object().put("status", "active"));
    api.says(200, NEW);
    assertThat(ready().path("status").asText()).isEqualTo("active");
    assertThat(api.asked()).hasSize(1);
  }

  @Test
  void whatAnotherHasBuriedMeanwhileIsNotTaken() {
    repositoryBuries();
    api.says(200, NEW).says(200, "{'thing':{'status':'errored'}}");
    fails(Reason.DEADLINE, this::ready);
  }

  private void repositoryBuries() {
    try {
      repository.bury(row(), Cause.DELETED);
    } catch (MethodException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatIsDeletedIsLookedForUntilItIsGone() throws Exception {
    for (int i = 0; i < 7; i++) {
      api.says(200, ACTIVE);
    }
    api.says(404, "{}");

    gone();

    assertThat(api.pauses())
        .as("the last one is between two looks that agree")
        .extracting(Duration::toMillis)
        .containsExactly(200L, 400L, 800L, 1600L, 3200L, 5000L, 5000L, 2000L);
    assertThat(context.waits()).containsOnly("web-1 to be gone, so that it can be made anew");
  }

  @Test
  void whatIsNeverGoneIsNotMadeAnew() {
    api.says(200, ACTIVE);
    assertThat(fails(Reason.DEADLINE, this::gone))
        .hasMessageContaining("was deleted to be replaced, and the API still shows t-1 after 60")
        .hasMessageContaining(" s; run again to make the new one");
  }

  @Test
  void whereNothingCanLookNobodyWaits() throws Exception {
    resource = things(null, null);
    gone();
    assertThat(api.asked()).isEmpty();
  }
}
