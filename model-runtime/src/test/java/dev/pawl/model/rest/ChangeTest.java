package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions.OnChange;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@NullUnmarked // a null where none belongs fails the test
class ChangeTest extends ApiTest {
  private static final String PATCH = "PATCH /things/t-1";
  private static final String DELETE = "DELETE /things/t-1";
  private static final Operation PUT_WHOLE =
      new Operation(
          "PUT",
          "/things/{id}",
          java.util.List.of(Operation.Parameter.path("id")),
          Operation.Body.JSON,
          java.util.Map.of(),
          "/thing");
  private static final ObjectNode BIGGER = Json.object().put("name", "web").put("size", 2);

  private TestContext onChangeOf(OnChange choice) {
    return context.with().options(onChange(choice)).build();
  }

  @Test
  void keptAsItIsWithTheDifferencesNamed() throws Exception {
    create();
    MethodResult result = call("create", BIGGER, onChangeOf(OnChange.KEEP));

    assertThat(result.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(result.differs()).extracting(FieldDifference::path).containsExactly("/size");
    assertThat(result.warnings()).hasSize(1).first().asString().contains("/size");
    assertThat(api.count(PATCH)).isZero();
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void failedWhenAskedTo() throws Exception {
    create();
    MethodException failure =
        assertFails(Reason.ARGUMENTS_CHANGED, "create", BIGGER, onChangeOf(OnChange.FAIL));
    assertThat(failure).hasMessageContaining("/size");
    assertThat(api.count(PATCH)).isZero();
  }

  @Test
  void updatedWhenAskedTo() throws Exception {
    create();
    MethodResult result = call("create", BIGGER, onChangeOf(OnChange.UPDATE));

    assertThat(result.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(result.output().path("size").asInt()).isEqualTo(2);
    assertThat(api.count(PATCH)).isEqualTo(1);
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(call("create", BIGGER, context).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(call("create", BIGGER, context).differs()).isEmpty();
  }

  @Test
  void updatedThoughTheObjectHasChangedItselfSince() throws Exception {
    create();
    api.setAll("status", "busy");
    api.forgetLog();
    assertThat(call("create", BIGGER, onChangeOf(OnChange.UPDATE)).outcome())
        .isEqualTo(Outcome.UPDATED);
    assertThat(api.count(PATCH)).isEqualTo(1);
    assertThat(api.count(GET)).as("verified once, read once after").isEqualTo(2);
  }

  @Test
  void refusedUpdateLeavesItAsItWas() throws Exception {
    create();
    api.next(PATCH, FakeApi.says(422, "too big"));
    MethodException failure =
        assertFails(Reason.API_REFUSED, "create", BIGGER, onChangeOf(OnChange.UPDATE));
    assertThat(failure).hasMessageContaining("too big");
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(call("create", BIGGER, context).differs()).hasSize(1);
  }

  @Test
  void whatTheUpdateCannotChangeIsRefusedAsAWhole() throws Exception {
    create();
    MethodException failure =
        assertFails(
            Reason.ARGUMENTS_CHANGED,
            "create",
            BIGGER.deepCopy().put("region", "ams3"),
            onChangeOf(OnChange.UPDATE));
    assertThat(failure).hasMessageContaining("cannot change /region");
    assertThat(
            assertFails(
                Reason.ARGUMENTS_CHANGED,
                "create",
                Json.object().put("name", "web"),
                onChangeOf(OnChange.UPDATE)))
        .hasMessageContaining("cannot take away /size");
    assertThat(api.log()).noneMatch(line -> line.startsWith("PATCH"));
    assertThat(create().differs()).isEmpty();
  }

  @Test
  void anIdentityIsNeverChanged() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    create();
    assertThat(
            assertFails(
                Reason.ARGUMENTS_CHANGED,
                "create",
                Things.named("other"),
                onChangeOf(OnChange.UPDATE)))
        .hasMessageContaining("cannot change /name");
    assertThat(call("create", BIGGER, onChangeOf(OnChange.UPDATE)).outcome())
        .isEqualTo(Outcome.UPDATED);
    assertThat(api.things()).containsOnlyKeys("web");
  }

  @Test
  void theMarkStaysAmongTheTagsThatAnUpdateSets() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    create();
    ObjectNode tagged = Things.named("web");
    tagged.putArray("tags").add("blue");
    assertThat(call("create", tagged, onChangeOf(OnChange.UPDATE)).outcome())
        .isEqualTo(Outcome.UPDATED);
    assertThat(api.things().get("t-1").path("tags"))
        .hasSize(2)
        .anyMatch(tag -> tag.asText().equals("blue"))
        .anyMatch(tag -> tag.asText().startsWith("pawl-"));
    assertThat(call("create", tagged, context).differs()).isEmpty();
  }

  @Test
  void aPatchLeavesSecretsAloneAndAPutSendsTheWhole() throws Exception {
    ObjectNode secret = BIGGER.deepCopy().put("password", "s3cret");
    create();
    call("create", secret, onChangeOf(OnChange.UPDATE));
    assertThat(api.things().get("t-1").has("password")).isFalse();

    resource = withUpdate(PUT_WHOLE);
    call("create", secret.deepCopy().put("size", 3), onChangeOf(OnChange.UPDATE));
    assertThat(api.things().get("t-1").path("password").asText()).isEqualTo("s3cret");
    assertThat(api.things().get("t-1").path("size").asInt()).isEqualTo(3);
    assertThat(api.count("PUT /things/t-1")).isEqualTo(1);
    assertThat(row().arguments().has("password")).isFalse();
  }

  @Test
  void aPutIsNotFilledFromMemoryWhereTheReadShowsNoObject() throws Exception {
    create();
    resource = withUpdate(PUT_WHOLE);
    api.setAll("size", "7");
    api.next(GET, FakeApi.says(200, "application/json", "{\"links\": {}}"));
    assertFails(Reason.UNAVAILABLE, "update", Json.object().put("name", "other"), context);
    assertThat(api.count("PUT /things/t-1")).isZero();
    assertThat(api.things().get("t-1").path("size").asText()).isEqualTo("7");
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void withoutAnUpdateItSaysSo() throws Exception {
    create();
    resource = withUpdate(null);
    assertThat(assertFails(Reason.ARGUMENTS_CHANGED, "create", BIGGER, onChangeOf(OnChange.UPDATE)))
        .hasMessageContaining("has no update operation");
  }

  private RestResource withUpdate(@Nullable Operation update) {
    return new RestResource(
        resource.type(),
        resource.api(),
        resource.create(),
        resource.get(),
        resource.listing(),
        update,
        resource.delete(),
        resource.identity(),
        resource.reconcile(),
        resource.readiness(),
        resource.softDelete(),
        resource.secrets());
  }

  @Test
  void updateVerbChangesAndStores() throws Exception {
    create();
    MethodResult result = call("update", Json.object().put("size", 3), context);
    assertThat(result.outcome()).isEqualTo(Outcome.UPDATED);
    assertThat(row().data().path("size").asInt()).isEqualTo(3);
    assertThat(row().version()).isGreaterThan(1);
  }

  @Test
  void lostUpdateLeavesItPresent() throws Exception {
    create();
    api.next(PATCH, FakeApi.dropsAfter());
    assertFails(Reason.UNAVAILABLE, "update", Json.object().put("size", 3), context);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertCreates(Outcome.VERIFIED);
    assertThat(row().data().path("size").asInt()).isEqualTo(3);
  }

  @Test
  void deletedOnce() throws Exception {
    create();
    assertThat(call("delete", Json.object(), context).outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
    assertThat(row().tombstone().cause()).isEqualTo(Cause.DELETED);
    assertThat(api.things()).isEmpty();

    assertThat(call("delete", Json.object(), context).outcome()).isEqualTo(Outcome.REUSED);
    assertThat(api.count(DELETE)).isEqualTo(1);
  }

  @Test
  void oneAnswerThatItIsGoneIsNotBelieved() throws Exception {
    create();
    api.next(DELETE, FakeApi.says(404, "no such thing"));
    call("delete", Json.object(), context);
    assertThat(api.count(DELETE)).isEqualTo(2);
    assertThat(api.things()).as("what is left at the API").isEmpty();
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
  }

  @Test
  void deletedBehindOurBackIsDeleted() throws Exception {
    create();
    api.remove("t-1");
    call("delete", Json.object(), context);
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
  }

  @Test
  void aPageSayingNotFoundIsNoDelete() throws Exception {
    create();
    api.next(DELETE, FakeApi.says(404, "text/html", "<h1>404</h1>"));
    assertFails(Reason.API_REFUSED, "delete", Json.object(), context);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void lostDeleteIsSeenByTheNextVerify() throws Exception {
    create();
    api.next(DELETE, FakeApi.dropsAfter());
    assertFails(Reason.UNAVAILABLE, "delete", Json.object(), context);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    call("delete", Json.object(), context);
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);
  }

  @Test
  void anotherAccountsResourceIsNotTouchedByAnyVerb() throws Exception {
    create();
    api.forgetLog();
    try (var other = connect("account-2")) {
      TestContext elsewhere = context.with().connection(other).build();
      for (String verb : new String[] {"get", "update", "delete", "reboot"}) {
        assertFails(Reason.ACCOUNT_MISMATCH, verb, Json.object(), elsewhere);
      }
    }
    assertThat(api.log()).isEmpty();
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void nothingIsLeftClaimedByAChangeThatCannotBeSent() throws Exception {
    create();
    resource =
        new RestResource(
            resource.type(),
            resource.api(),
            resource.create(),
            resource.get(),
            null,
            null,
            new Operation(
                "DELETE",
                "/things/{id}/{unknown}",
                java.util.List.of(Operation.Parameter.path("id")),
                Operation.Body.NONE,
                java.util.Map.of(),
                ""),
            resource.identity(),
            Things.NONE,
            null,
            null,
            java.util.Set.of());
    assertFails(Reason.INVALID_ARGUMENTS, "delete", Json.object(), context);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void verbsNeedSomethingStored() {
    for (String verb : new String[] {"get", "update", "delete", "reboot"}) {
      assertFails(Reason.NOT_FOUND, verb, Json.object(), context);
    }
    assertThat(api.log()).isEmpty();
  }

  @Test
  void getReadsAndStoresWhatChanged() throws Exception {
    create();
    api.setAll("status", "busy");
    MethodResult result = call("get", Json.object(), context);
    assertThat(result.output().path("status").asText()).isEqualTo("busy");
    assertThat(result.outcome()).isEqualTo(Outcome.EXECUTED);
    assertThat(row().data().path("status").asText()).isEqualTo("busy");
  }

  @Test
  void getAnswersThoughAnotherIsChangingIt() throws Exception {
    create();
    api.next(
        GET,
        handling -> {
          assertThat(repository.claim(changeOf())).isNotNull();
          return handling.run();
        });
    api.setAll("status", "busy");
    MethodResult result = call("get", Json.object(), context);
    assertThat(result.output().path("status").asText()).isEqualTo("busy");
  }

  private dev.pawl.model.data.ClaimRequest changeOf() {
    return new dev.pawl.model.data.ClaimRequest(
        row(),
        dev.pawl.model.data.ClaimMode.CHANGE,
        "another",
        Duration.ofSeconds(30),
        Duration.ofSeconds(15),
        Duration.ofSeconds(30),
        null,
        null);
  }

  @Test
  void aCreateStaysACreateThoughAnotherReadTheObjectFirst() throws Exception {
    api.next(
        GET,
        handling -> {
          confirmAsAnother();
          return handling.run();
        });
    assertCreates(Outcome.CREATED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  private void confirmAsAnother() {
    try {
      repository.confirm(row(), Json.object().put("status", "seen by another"));
    } catch (MethodException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void actionIsSentOnceAndItsAnswerGiven() throws Exception {
    create();
    MethodResult result = call("reboot", Json.object(), context);
    assertThat(result.output().path("type").asText()).isEqualTo("reboot");
    assertThat(api.count("POST /things/t-1/actions")).isEqualTo(1);

    api.next("POST /things/t-1/actions", FakeApi.dropsAfter());
    MethodException lost = assertFails(Reason.UNAVAILABLE, "reboot", Json.object(), context);
    assertThat(lost.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
    api.next("POST /things/t-1/actions", FakeApi.says(422, "it is off"));
    MethodException refused = assertFails(Reason.API_REFUSED, "reboot", Json.object(), context);
    assertThat(refused.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(api.count("POST /things/t-1/actions")).isEqualTo(3);
  }
}
