package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.model.Outcome;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A preview says beforehand what the create then does, and leaves no trace of having looked. */
@NullUnmarked // a null where none belongs fails the test
class PreviewTest extends ApiTest {

  private Preview preview(@Nullable ObjectNode arguments, TestContext in) throws Exception {
    StoredResource before = row();
    long posts = api.count(POST);
    Preview preview = Things.model(resource).preview(arguments, in).orElseThrow();
    assertThat(api.count(POST)).isEqualTo(posts);
    assertThat(row().version()).isEqualTo(before.version());
    assertThat(row().state()).isEqualTo(before.state());
    assertThat(row().fencingToken()).isEqualTo(before.fencingToken());
    assertThat(row().verifiedAt()).isEqualTo(before.verifiedAt());
    return preview;
  }

  private Preview preview() throws Exception {
    return preview(Things.named("web"), context);
  }

  @AfterEach
  void onlyReadsWereSent() {
    assertThat(api.log()).noneMatch(line -> line.startsWith("PATCH") || line.startsWith("DELETE"));
  }

  @Test
  void whatIsAbsentIsMade() throws Exception {
    assertThat(preview().act()).isEqualTo(Act.CREATE);
    assertCreates(Outcome.CREATED);
  }

  @Test
  void whatIsThereIsVerifiedAndGivesWhatTheApiShowsNow() throws Exception {
    create();
    Preview preview = preview();
    assertThat(preview.act()).isEqualTo(Act.VERIFY);
    assertThat(preview.unasked()).isNull();
    assertThat(preview.data()).isEqualTo(create().output());
  }

  @Test
  void whatIsNotToBeVerifiedIsNotAskedFor() throws Exception {
    create();
    api.forgetLog();
    TestContext never = context.with().options(verify(Verify.NEVER)).build();
    assertThat(preview(Things.named("web"), never).act()).isEqualTo(Act.REUSE);
    assertThat(api.log()).isEmpty();
  }

  @Test
  void whatIsGoneIsMadeAgain() throws Exception {
    create();
    api.remove("t-1");
    assertThat(preview().act()).isEqualTo(Act.RECREATE);
    assertThat(preview(null, context).act()).isEqualTo(Act.RECREATE);
    assertCreates(Outcome.RECREATED);
  }

  @Test
  void aYoungObjectsAbsenceIsNotWaitedOutButSaid() throws Exception {
    api.next(GET, 2, FakeApi.says(404, "not yet"));
    assertCreates(Outcome.CREATED);
    api.next(GET, 2, FakeApi.says(404, "not yet"));
    Instant before = time.instant();
    Preview preview = preview();
    assertThat(preview.act()).isEqualTo(Act.RECREATE);
    assertThat(preview.reasons()).anyMatch(r -> r.contains("asked once more"));
    assertThat(Duration.between(before, time.instant())).isLessThan(context.timing().quarantine());
  }

  @Test
  void anApiThatCannotTellLeavesTheVerifyOpen() throws Exception {
    create();
    api.next(GET, 3, FakeApi.says(500, "down"));
    Preview preview = preview();
    assertThat(preview.act()).isEqualTo(Act.VERIFY);
    assertThat(preview.unasked()).isNotNull();
    assertThat(preview.data()).isEqualTo(row().data());

    TestContext unconnected =
        TestContext.of(Things.TYPE, "web-1").repository(repository, time).build();
    Preview alone = preview(Things.named("web"), unconnected);
    assertThat(alone.act()).isEqualTo(Act.VERIFY);
    assertThat(alone.unasked().reason()).isEqualTo(Reason.NO_CONNECTION);
  }

  @Test
  void changedArgumentsAreNamed() throws Exception {
    create();
    ObjectNode other = Things.named("other");
    assertThat(preview(other, context).differs())
        .extracting(d -> d.path())
        .containsExactly("/name");
    assertThat(preview(other, context).act()).isEqualTo(Act.VERIFY);
    assertThat(preview(null, context).differs()).isEmpty();
    TestContext update = context.with().options(onChange(CreateOptions.OnChange.UPDATE)).build();
    assertThat(preview(other, update).act()).isEqualTo(Act.UPDATE);
    assertThat(preview(other.deepCopy().put("region", "ams3"), update).reasons())
        .anyMatch(r -> r.contains("it would fail") && r.contains("/region"));
    TestContext fail = context.with().options(onChange(CreateOptions.OnChange.FAIL)).build();
    assertThat(preview(other, fail).reasons()).anyMatch(r -> r.contains("ARGUMENTS_CHANGED"));
  }

  @Test
  void aDoubtIsSaidAndNotResolved() throws Exception {
    api.next(POST, FakeApi.says(500, "who knows"));
    assertFails(Reason.IN_DOUBT);
    assertThat(preview().act()).isEqualTo(Act.IN_DOUBT);
  }

  @Test
  void aChosenNameIsLookedFor() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.thingMadeByHand("web", Things.named("web"));
    assertThat(preview().reasons()).anyMatch(r -> r.startsWith("it would fail"));
    CreateOptions adopt =
        new CreateOptions(
            Verify.ALWAYS,
            CreateOptions.OnChange.KEEP,
            CreateOptions.Adopt.ON_CONFLICT,
            null,
            false);
    assertThat(preview(Things.named("web"), context.with().options(adopt).build()).act())
        .isEqualTo(Act.ADOPT);
  }
}
