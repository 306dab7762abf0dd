package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Caller;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.testkit.TestContext;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** DESIGN section 4, rule 5: creates of one natural key are one after the other. */
@NullUnmarked // a null where none belongs fails the test
class OneNameTest extends ApiTest {
  private final TestContext other = context.with().instance("other").build();
  private final TestContext foreign =
      context.with().caller(new Caller("elsewhere", "run-2", "step", 1, "test")).build();

  @Test
  void aNameInDoubtUnderAnotherKeyIsNotSent() {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    leftInDoubt();

    assertThat(assertFails(Reason.CLAIM_HELD, other))
        .hasMessageContaining("has the natural key of default/fake/thing/web-1/state")
        .hasMessageContaining("in doubt");
    assertThat(assertFails(Reason.CLAIM_HELD, foreign))
        .hasMessageContaining("of a key of another namespace")
        .hasMessageNotContaining("web-1/state (");
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(repository.read(other.key()).state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void andIsSentOnceThatIsResolved() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    leftInDoubt();
    assertCreates(Outcome.CREATED);

    assertThat(create(other).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(api.things()).hasSize(2);
  }

  @Test
  void anotherNameIsNotHeldUp() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    leftInDoubt();

    assertThat(call("create", Things.named("db"), other).outcome()).isEqualTo(Outcome.CREATED);
  }

  private void leftInDoubt() {
    api.next(POST, FakeApi.dropsBefore());
    api.next("GET /things", FakeApi.Handling::run);
    api.next("GET /things", 2, FakeApi.says(500, "not now"));
    assertFails(Reason.IN_DOUBT);
  }

  /** The name is free at the API for a moment, and another key's all the same. */
  @Test
  void aNameThatAnotherKeyOwnsIsNotSent() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    create();
    api.remove("web");

    MethodException failure = assertFails(Reason.EXTERNAL_ID_OWNED, foreign);

    assertThat(failure.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(api.count("POST /named")).isEqualTo(1);
    assertThat(repository.read(foreign.key()).state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void anApiThatDropsTheMarkerIsToldOf() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    api.next(
        POST,
        handling -> {
          var answer = handling.run();
          api.forEach(t -> t.remove("tags"));
          return answer;
        });

    MethodResult result = create();

    assertThat(result.warnings())
        .singleElement()
        .asString()
        .startsWith("the API of account-1 does not show the marker that was sent in tags");
    assertThat(create(context.with().instance("kept").build()).warnings()).isEmpty();
  }

  /** An id given out anew names another thing. */
  @Test
  void anIdThatShowsAnotherObjectIsNeitherOursNorGone() throws Exception {
    resource = Things.reconciledBy(Things.NONE);
    create();
    api.setAll("created_at", "2019-01-01T00:00:00Z");
    assertThat(assertFails(Reason.VERIFY_UNKNOWN))
        .hasMessageContaining("another object under the stored id: created at 2019-01-01");
    assertThat(api.count(POST)).isEqualTo(1);
  }

  /** Where nothing says when it was made, what it was born with does. */
  @Test
  void anIdWithAnotherFingerprintIsNotOurs() throws Exception {
    resource = Things.reconciledBy(Things.NONE);
    api.next(POST, timeless());
    create();
    api.setAll("finger_print", "bb:bb");
    assertThat(assertFails(Reason.VERIFY_UNKNOWN))
        .hasMessageContaining("with another finger_print than ours has");
    api.setAll("finger_print", "aa:aa");
    api.setAll("status", "off");
    api.setAll("name", "renamed");
    assertCreates(Outcome.VERIFIED);
  }

  /** Nor where no update could have changed what it was made with. */
  @Test
  void anIdMadeWithOtherValuesIsNotOursWhereNothingChangesThem() throws Exception {
    RestResource plain = Things.reconciledBy(Things.NONE);
    resource =
        new RestResource(
            plain.type(),
            plain.api(),
            plain.create(),
            plain.get(),
            plain.listing(),
            null,
            plain.delete(),
            plain.identity(),
            plain.reconcile(),
            null,
            null,
            plain.secrets());
    api.next(POST, timeless());
    create();
    api.setAll("name", "another");
    assertThat(assertFails(Reason.VERIFY_UNKNOWN))
        .hasMessageContaining("with another name than ours has");
  }

  private FakeApi.Fault timeless() {
    return handling -> {
      handling.run();
      api.forEach(t -> t.remove("created_at"));
      api.setAll("finger_print", "aa:aa");
      String thing = api.things().values().iterator().next().toString();
      return new FakeApi.Answer(201, "application/json", "{\"thing\":" + thing + "}");
    };
  }

  @Test
  void aMarkerThatIsGoneSaysSoOnlyWhereNoTimeSaysOtherwise() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    create();
    api.forEach(t -> t.remove("tags"));
    assertCreates(Outcome.VERIFIED);

    TestContext timeless = context.with().instance("timeless").build();
    api.next(
        POST,
        handling -> {
          var answer = handling.run();
          api.forEach(t -> t.remove("created_at"));
          return new FakeApi.Answer(201, answer.type(), answer.body().replace("created_at", "at"));
        });
    create(timeless);
    api.forEach(t -> t.remove("tags"));
    assertThat(assertFails(Reason.VERIFY_UNKNOWN, timeless))
        .hasMessageContaining("without the marker in tags that ours has");
  }

  /** Some APIs show labels in their lists at one place and in their reads at another. */
  @Test
  void aReadThatNeverShowsTheMarkerIsNoOtherObject() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    api.next(
            POST,
            handling -> {
              handling.run();
              api.forEach(t -> t.remove("created_at"));
              return null;
            })
        .next(
            GET,
            10,
            handling -> {
              var shown = handling.run();
              String elsewhere = shown.body().replace("\"tags\"", "\"labels\"");
              return new FakeApi.Answer(200, shown.type(), elsewhere);
            });

    assertCreates(Outcome.ADOPTED);
    assertCreates(Outcome.VERIFIED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void aListThatAsksForPatienceIsGivenIt() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next("GET /things", 3, FakeApi.says(429, "too many requests"));

    assertCreates(Outcome.CREATED);

    assertThat(context.waits()).contains("fake, which asks for fewer requests");
  }

  /** An id that was ours, and that a create of ours under another key was given. */
  @Test
  void anIdWithTheMarkerOfAnotherKeyIsNotOurs() throws Exception {
    resource = Things.reconciledBy(Things.MARKER);
    create();
    String theirs = Markers.marker(repository.installationId(), other.key(), 1);
    api.forEach(t -> t.putArray("tags").add(theirs));

    assertThat(assertFails(Reason.VERIFY_UNKNOWN))
        .hasMessageContaining("with another object's marker in tags");
  }
}
