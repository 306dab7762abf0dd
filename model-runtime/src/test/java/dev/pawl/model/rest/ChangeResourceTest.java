package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written down of a change and a delete, for each answer to them. */
@NullUnmarked // a null where none belongs fails the test
class ChangeResourceTest extends CannedApiTest {
  private static final ObjectNode BIGGER = Json.object().put("size", 2);

  private final RestResource resource = shownOnce();
  private StoredResource row;

  private static RestResource shownOnce() {
    RestResource all = Things.reconciledBy(Things.NONE);
    return new RestResource(
        all.type(),
        all.api(),
        all.create(),
        all.get(),
        null,
        all.update(),
        all.delete(),
        all.identity(),
        Things.NONE,
        null,
        null,
        Set.of(),
        Set.of("secret"),
        null);
  }

  @BeforeEach
  void store() throws MethodException {
    row = stored(Json.object().put("size", 1).put("secret", "s"), Things.named("web"));
  }

  private ChangeResource change(TestContext in) {
    return new ChangeResource(resource, row, in);
  }

  private MethodResult update() throws Exception {
    return change(context).update(BIGGER, null);
  }

  private void deletes() throws Exception {
    change(context).delete();
  }

  @Test
  void anUpdatesAnswerIsTheNewStateAndKeepsWhatIsShownOnce() throws Exception {
    api.says(200, "{'thing':{'size':2}}").says(500, "");
    MethodResult result = update();
    assertThat(result.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(result.output()).isEqualTo(Json.object().put("size", 2).put("secret", "s"));
    assertThat(row().arguments()).as("made with what it was").isEqualTo(Things.named("web"));
    assertThat(row().fingerprint()).isEqualTo(Json.fingerprint(Things.named("web")));
    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(api.asked().get(0).timeout()).isEqualTo(context.timing().createDeadline());
  }

  @Test
  void anUpdateMayMakeItWhatAnotherCreateAsksFor() throws Exception {
    api.says(204, "");
    change(context).update(BIGGER, BIGGER);
    assertThat(row().arguments()).isEqualTo(BIGGER);
    assertThat(row().fingerprint()).isEqualTo(Json.fingerprint(BIGGER));
    assertThat(row().data()).as("an answer without the thing says nothing").isEqualTo(row.data());
  }

  @ParameterizedTest
  @CsvSource({"422, API_REFUSED", "404, API_REFUSED", "500, UNAVAILABLE"})
  void anUpdateThatFailsLeavesItPresent(int status, Reason reason) {
    api.says(status, "{'message':'no'}");
    MethodException failure = fails(reason, this::update);
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    Evidence learned = repository.evidence(context.key()).get(0);
    assertThat(learned.what()).isEqualTo("PATCH /v1/things/t-1 was answered " + status + ": no");
    assertThat(learned.detail()).isEqualTo(Json.object().put("request", "PATCH /v1/things/t-1"));
  }

  @Test
  void whatWasNotSentOrGotNoAnswerLeavesItPresentToo() {
    api.isUnreachable().loses();
    fails(Reason.UNREACHABLE, this::update);
    row = row();
    fails(Reason.UNAVAILABLE, this::update);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  /** It is answered before the lease is over, or not sent. */
  @ParameterizedTest
  @ValueSource(longs = {0, 1})
  void nothingIsSentThatCouldOutliveItsClaim(long moreNanos) {
    api.says(422, "");
    Duration left = context.timing().createDeadline().plusNanos(moreNanos);
    api.connectsIn(context.timing().lease().minus(left));
    fails(moreNanos == 0 ? Reason.UNREACHABLE : Reason.API_REFUSED, this::update);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void whatChangedMeanwhileIsNotTouched() throws Exception {
    repository.confirm(row, Json.object().put("size", 9));
    assertThat(fails(Reason.CLAIM_STALE, this::update))
        .hasMessageContaining("changed while it was about to be changed; run again");
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aDeleteIsSentOnce() throws Exception {
    api.says(204, "");
    deletes();
    assertThat(row().tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(api.asked()).hasSize(1);
    assertThat(context.waits()).isEmpty();
  }

  /** One such answer may be a replica's that lags behind; a second one also deletes, if so. */
  @ParameterizedTest
  @ValueSource(ints = {404, 410})
  void whatSeemsToBeGoneIsDeletedOnceMore(int status) throws Exception {
    api.says(status, "{}");
    deletes();
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
    assertThat(api.pauses()).containsExactly(context.timing().settle());
    assertThat(context.waits())
        .containsExactly("a second look at " + context.key() + ", which seems to be gone");
  }

  @Test
  void aPageThatSaysNotFoundIsNoDelete() {
    api.says(404, "<h1>", "content-type", "text/html");
    fails(Reason.API_REFUSED, this::deletes);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void aSecondLookThatFailsLeavesItPresent() {
    api.says(404, "{}").says(500, "");
    fails(Reason.UNAVAILABLE, this::deletes);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void whatIsReplacedIsWaitedForUntilItIsGone() throws Exception {
    api.says(204, "").says(200, "{'thing':{}}").says(404, "{}");
    change(context).replace();
    assertThat(row().tombstone().cause()).isEqualTo(Cause.REPLACED);
    assertThat(api.pauses()).hasSize(3).contains(Duration.ofMillis(200), Duration.ofSeconds(2));
  }
}
