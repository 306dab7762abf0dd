package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Json;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import java.time.Duration;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** DESIGN section 4, rule 3: what was proven absent, sent again, and came through after all. */
@NullUnmarked // a null where none belongs fails the test
class SentAgainTest extends ApiTest {
  private static final String LIST = "GET /things";

  private ObjectNode sent = Json.object();

  /** The first send is lost on the way, and arrives whenever {@link #arrives} says. */
  private void theFirstSendIsHeldUp(Reconcile strategy) throws Exception {
    resource = Things.reconciledBy(strategy);
    if (strategy instanceof Reconcile.Marker) {
      call("create", Things.named("other"), context.with().instance("marked before").build());
    }
    api.next(
        POST,
        handling -> {
          sent = (ObjectNode) row().claim().intent().body();
          return null;
        });
  }

  private void arrives() {
    api.thingMadeByHand("late", sent);
  }

  private static Reconcile strategy(String name) {
    return name.equals("MARKER") ? Things.MARKER : Things.NATURAL_KEY;
  }

  @ParameterizedTest
  @ValueSource(strings = {"MARKER", "NATURAL_KEY"})
  void theTwoObjectsAreShown(String name) throws Exception {
    theFirstSendIsHeldUp(strategy(name));
    api.next(
        POST,
        handling -> {
          arrives();
          return handling.run();
        });

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(result.warnings())
        .singleElement()
        .asString()
        .startsWith("DUPLICATE: beside " + row().externalId() + " the API shows late");
    assertThat(repository.duplicates(context.key())).containsExactly("late");
    assertThat(learned()).endsWith("DUPLICATE: an earlier send was carried out after all");
    assertThat(row().provenAbsentAt()).isNull();
    assertThat(create().warnings()).as("said once").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MARKER", "NATURAL_KEY"})
  void itIsLookedForAQuarantineLaterAndNotTwice(String name) throws Exception {
    theFirstSendIsHeldUp(strategy(name));

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(result.warnings()).isEmpty();
    assertThat(row().age())
        .isEqualTo(context.timing().quarantine().plus(context.timing().settle()));
    assertThat(context.waits())
        .endsWith(
            "the quarantine of "
                + context.key()
                + ", sent twice: is there one object, or are there two?");
    assertThat(row().provenAbsentAt()).isNull();
    long lists = api.count(LIST);
    assertCreates(Outcome.VERIFIED);
    assertThat(api.count(LIST)).isEqualTo(lists);
  }

  @Test
  void aMarkedOneThatComesBeforeTheSecondSendIsAdopted() throws Exception {
    theFirstSendIsHeldUp(Things.MARKER);
    arrivesAfterLooks(3);

    assertCreates(Outcome.ADOPTED);

    assertThat(row().externalId()).isEqualTo("late");
    assertThat(api.count(POST)).as("the one before, and the lost one").isEqualTo(2);
    assertThat(learned())
        .contains("not sent: an earlier send was carried out after it had been proven absent");
  }

  @Test
  void anUnmarkedOneThatComesBeforeTheSecondSendIsLeftToAPerson() throws Exception {
    theFirstSendIsHeldUp(Things.NATURAL_KEY);
    // One of them is the baseline.
    arrivesAfterLooks(4);

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContaining("candidates: [late]");

    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void whatAnotherKeyOwnsIsNoDuplicate() throws Exception {
    theFirstSendIsHeldUp(Things.NATURAL_KEY);
    api.next(
        POST,
        handling -> {
          owns(context.with().instance("other").build().key(), api.thingMadeByHand("theirs", sent));
          return handling.run();
        });

    assertThat(create().warnings()).isEmpty();
    assertThat(repository.duplicates(context.key())).isEmpty();
  }

  /** A look reads one page, for there are fewer things than fit on one. */
  private void arrivesAfterLooks(int looks) {
    api.next(LIST, looks, FakeApi.Handling::run);
    api.next(
        LIST,
        handling -> {
          arrives();
          return handling.run();
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {"MARKER", "NATURAL_KEY"})
  void whoDiedBeforeTheLastLookLeavesItToTheNext(String name) throws Exception {
    theFirstSendIsHeldUp(strategy(name));
    api.next(
        POST,
        handling -> {
          arrives();
          var answer = handling.run();
          // The last look fails, and that is said.
          api.next(LIST, FakeApi.says(500, "not now"));
          return answer;
        });
    assertThat(create().warnings())
        .singleElement()
        .asString()
        .contains("could not be looked up, the next run asks again");
    assertThat(row().provenAbsentAt()).isNotNull();

    MethodResult next = create();

    assertThat(next.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(next.warnings()).singleElement().asString().startsWith("DUPLICATE");
    assertThat(repository.duplicates(context.key())).containsExactly("late");
  }

  @Test
  void replacedWhenAskedTo() throws Exception {
    create();
    ObjectNode other = Things.named("web").put("region", "elsewhere");

    MethodResult result =
        call(
            "create",
            other,
            context.with().options(onChange(CreateOptions.OnChange.REPLACE)).build());

    assertThat(result.outcome()).isEqualTo(Outcome.RECREATED);
    assertThat(api.things()).containsOnlyKeys("t-2");
    assertThat(api.things().get("t-2").path("region").asText()).isEqualTo("elsewhere");
    assertThat(row().incarnation()).isEqualTo(2);
    assertThat(
            call(
                    "create",
                    other,
                    context.with().options(onChange(CreateOptions.OnChange.REPLACE)).build())
                .outcome())
        .isEqualTo(Outcome.VERIFIED);
    assertThat(api.count(POST)).isEqualTo(2);
  }

  @Test
  void replacedOnlyOnceItsNameIsFree() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    create();
    api.next(
        "DELETE /named/web",
        handling -> {
          api.next("GET /named/web", 6, FakeApi.says(200, "{}"));
          api.next("GET /named/web", 3, FakeApi.says(200, "application/json", "{\"thing\":{}}"));
          return handling.run();
        });

    assertThat(
            call(
                    "create",
                    Things.named("web").put("region", "elsewhere"),
                    context.with().options(onChange(CreateOptions.OnChange.REPLACE)).build())
                .outcome())
        .isEqualTo(Outcome.RECREATED);
    assertThat(api.things().get("web").path("region").asText()).isEqualTo("elsewhere");
  }

  @Test
  void aReplacementCutShortIsMadeByTheNextRunThatBeganBefore() throws Exception {
    create();
    CreateOptions began =
        new CreateOptions(
            CreateOptions.Verify.ALWAYS,
            CreateOptions.OnChange.REPLACE,
            CreateOptions.Adopt.NEVER,
            time.instant(),
            false);
    time.advance(Duration.ofSeconds(1));
    ObjectNode other = Things.named("web").put("region", "elsewhere");
    api.next(POST, FakeApi.says(422, "no capacity"));
    assertFails(Reason.API_REFUSED, "create", other, context.with().options(began).build());
    assertThat(row().state()).isEqualTo(ResourceState.DELETED);

    assertThat(call("create", other, context.with().options(began).build()).outcome())
        .isEqualTo(Outcome.RECREATED);
  }

  @Test
  void whatCannotBeDeletedIsNotReplaced() throws Exception {
    create();
    RestResource with = resource;
    resource =
        new RestResource(
            with.type(),
            with.api(),
            with.create(),
            with.get(),
            with.listing(),
            with.update(),
            null,
            with.identity(),
            with.reconcile(),
            null,
            null,
            with.secrets());

    assertThat(
            assertFails(
                Reason.ARGUMENTS_CHANGED,
                "create",
                Things.named("web").put("region", "elsewhere"),
                context.with().options(onChange(CreateOptions.OnChange.REPLACE)).build()))
        .hasMessageContaining("fake/thing has no delete");
    assertThat(api.things()).containsOnlyKeys("t-1");
  }
}
