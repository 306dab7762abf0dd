package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of a stored thing that is asked for again. */
@NullUnmarked // a null where none belongs fails the test
class UsePresentTest extends CannedApiTest {
  private static final String THERE = "{'thing':{'name':'web','status':'active'}}";
  private static final ObjectNode OTHER = Json.object().put("name", "db").put("size", 1);

  private RestResource resource = Things.reconciledBy(Things.NONE);
  private StoredResource row;

  @BeforeEach
  void store() throws MethodException {
    row = stored(Json.object().put("name", "web"), Things.named("web"));
  }

  private UsePresent use(ObjectNode arguments, Verify verify, OnChange choice) {
    TestContext in =
        context
            .with()
            .options(new CreateOptions(verify, choice, CreateOptions.Adopt.NEVER, null, false))
            .build();
    RestMethod update =
        new RestMethod(
            Things.model(resource).descriptor().method("update").orElseThrow(), Things.UPDATE);
    return new UsePresent(resource, update, new PlanCreate(resource, arguments, in), row, in);
  }

  private UsePresent use() {
    return use(Things.named("web"), Verify.ALWAYS, OnChange.KEEP);
  }

  private boolean verifies(Verify policy) {
    return use(Things.named("web"), policy, OnChange.KEEP).isToBeVerified();
  }

  @Test
  void whatIsThereIsVerified() throws Exception {
    api.says(200, THERE);
    MethodResult result = use().run(false).orElseThrow();
    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(result.output().path("status").asText()).isEqualTo("active");
    assertThat(row().confirmed()).isTrue();
    row = row();
    assertThat(use().run(true).orElseThrow().outcome())
        .as("who has just found its own create has adopted it")
        .isEqualTo(Outcome.ADOPTED);
  }

  @Test
  void whatIsNotToBeVerifiedIsReused() throws Exception {
    UsePresent use = use(Things.named("web"), Verify.NEVER, OnChange.KEEP);
    assertThat(use.run(false).orElseThrow()).isEqualTo(MethodResult.of(row.data(), Outcome.REUSED));
    assertThat(use.run(true).orElseThrow().outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(api.asked()).isEmpty();
  }

  @Test
  void aPolicyCountsFromTheLastReadOrTheMaking() throws Exception {
    Verify tenMinutes = Verify.olderThan(Duration.ofMinutes(10));
    time.advance(Duration.ofMinutes(10));
    row = row();
    assertThat(verifies(tenMinutes)).as("not older than").isFalse();
    time.advance(Duration.ofNanos(1));
    row = row();
    assertThat(verifies(tenMinutes)).isTrue();
    row = repository.confirm(row, row.data());
    assertThat(verifies(tenMinutes)).isFalse();
    assertThat(verifies(Verify.olderThan(Duration.ZERO))).isTrue();
    assertThat(verifies(Verify.ALWAYS)).isTrue();
    assertThat(verifies(Verify.NEVER)).isFalse();
    row = Rows.imported(null, null);
    assertThat(verifies(tenMinutes)).isFalse();
    resource = Things.things(Things.NONE, null, null, null, null);
    assertThat(verifies(Verify.ALWAYS)).as("nothing reads it").isFalse();
  }

  @Test
  void whatIsGoneIsBuriedAndMadeAnew() throws Exception {
    api.says(404, "{}");
    assertThat(use().run(false)).isEmpty();
    assertThat(row().tombstone().cause()).isEqualTo(Cause.VERIFIED_GONE);
  }

  @Test
  void whatIsNotKnownSendsNothingAndKeepsTheAnswersFacts() {
    api.says(503, "{'message':'down'}", "retry-after", "9");
    MethodException failure = fails(Reason.VERIFY_UNKNOWN, () -> use().run(false));
    assertThat(failure)
        .hasMessage(
            "whether "
                + context.key()
                + " still exists could not be found out, so nothing was sent: GET /v1/things/t-1"
                + " was answered 503: down");
    assertThat(failure.failure().httpStatus()).isEqualTo(503);
    assertThat(failure.failure().retryAfter()).isEqualTo(Duration.ofSeconds(9));
  }

  @Test
  void anotherAccountIsNotAsked() {
    TestContext elsewhere = context.with().connection(new Canned(time, "account-2")).build();
    PlanCreate plan = new PlanCreate(resource, Things.named("web"), elsewhere);
    fails(
        Reason.ACCOUNT_MISMATCH,
        () -> new UsePresent(resource, null, plan, row, elsewhere).run(false));
  }

  @Test
  void otherArgumentsAreRefusedWithTheWayOut() throws Exception {
    api.says(200, THERE);
    assertThat(
            fails(
                Reason.ARGUMENTS_CHANGED,
                () -> use(OTHER, Verify.ALWAYS, OnChange.FAIL).run(false)))
        .hasMessage(
            context.key()
                + " was made with other arguments (/name) and onChange is fail; set onChange:"
                + " keep or update, or choose another instance");
  }

  @Test
  void otherArgumentsAreNamedWhereItIsKept() throws Exception {
    api.says(200, THERE);
    MethodResult result = use(OTHER, Verify.ALWAYS, OnChange.KEEP).run(false).orElseThrow();
    assertThat(result.warnings())
        .containsExactly("kept as it was made, though asked for otherwise: /name");
    assertThat(result.differs()).hasSize(1);
  }

  @Test
  void onceDeletedItIsToBeMadeAnew() throws Exception {
    api.says(204, "").says(404, "{}");
    assertThat(use(OTHER, Verify.NEVER, OnChange.REPLACE).run(false)).isEmpty();
    assertThat(row().tombstone().cause()).isEqualTo(Cause.REPLACED);
  }

  /** The change that is asked for may have been made since the row was read. */
  @Test
  void whatAnotherHasChangedMeanwhileIsNotChangedTwice() throws Exception {
    api.says(200, "{'thing':{'name':'db'}}");
    new ChangeResource(resource, row, context).update(Json.object().put("name", "db"), OTHER);
    int asked = api.asked().size();

    Optional<MethodResult> updated = use(OTHER, Verify.NEVER, OnChange.UPDATE).run(false);
    assertThat(updated.orElseThrow().outcome()).isEqualTo(Outcome.REUSED);
    assertThat(use(OTHER, Verify.NEVER, OnChange.REPLACE).run(false))
        .as("nor replaced: look again")
        .isEmpty();

    assertThat(api.asked()).hasSize(asked);
    assertThat(row().tombstone()).isNull();
  }

  @Test
  void whatAnotherHasDeletedMeanwhileIsNotReplaced() throws Exception {
    repository.bury(row, Cause.DELETED);
    assertThat(use(OTHER, Verify.NEVER, OnChange.REPLACE).run(false)).isEmpty();
    assertThat(api.asked()).isEmpty();
    assertThat(row().tombstone().cause()).isEqualTo(Cause.DELETED);
  }

  @Test
  void aChangedThingIsUpdated() throws Exception {
    api.says(200, "{'thing':{'name':'db'}}");
    MethodResult result = use(OTHER, Verify.NEVER, OnChange.UPDATE).run(false).orElseThrow();
    assertThat(result.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(row().arguments()).isEqualTo(OTHER);
    assertThat(api.asked().get(0).method()).isEqualTo("PATCH");
  }
}
