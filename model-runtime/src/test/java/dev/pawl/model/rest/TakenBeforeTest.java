package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there already, before the first send. */
@NullUnmarked // a null where none belongs fails the test
class TakenBeforeTest extends ApiTest {
  @Test
  void conflictOnAFirstSendIsSomebodyElses() throws Exception {
    api.next(POST, FakeApi.says(409, "the name is taken"));
    MethodException failure = assertFails(Reason.ALREADY_EXISTS);
    assertThat(failure).hasMessageContaining("the name is taken");
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aNameTakenBeforeIsNotTouched() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.thingMadeByHand("web", Things.named("web"));

    assertFails(Reason.ALREADY_EXISTS);

    assertThat(api.log()).containsExactly("GET /named/web");
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aNameTakenBeforeIsAdoptedWhenAsked() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.thingMadeByHand("web", Things.named("web"));

    MethodResult result = create(context.with().options(ADOPT).build());

    assertThat(result.outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(result.output().path("id").asText()).isEqualTo("web");
    assertThat(api.log()).as("looked for, and read once").hasSize(2).containsOnly("GET /named/web");
    assertCreates(Outcome.VERIFIED);
  }

  private static final CreateOptions ADOPT =
      new CreateOptions(
          Verify.ALWAYS, CreateOptions.OnChange.KEEP, CreateOptions.Adopt.ON_CONFLICT, null, false);

  @Test
  void whoDiedWhileAdoptingLeavesNoPermissionBehind() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.thingMadeByHand("web", Things.named("web"));
    Intent takenBefore =
        new Intent(
            "POST",
            api.url() + "/named",
            Map.of(),
            Things.named("web"),
            Things.named("web"),
            Json.object().put("name", "web"),
            null,
            null,
            "account-1",
            true,
            null);
    repository.claim(
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "dead",
            context.timing().lease(),
            Duration.ZERO,
            Duration.ZERO,
            null,
            takenBefore));
    time.advance(context.timing().lease());

    assertFails(Reason.ALREADY_EXISTS);

    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    assertThat(create(context.with().options(ADOPT).build()).outcome()).isEqualTo(Outcome.ADOPTED);
    assertThat(api.count("POST /named")).isZero();
  }

  @Test
  void whatAnotherKeyOwnsIsNotAdopted() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    create(context.with().instance("first").build());

    MethodException failure =
        assertFails(Reason.EXTERNAL_ID_OWNED, context.with().options(ADOPT).build());

    assertThat(failure).hasMessageContaining("another key owns it");
    assertThat(row().state()).as("nothing was sent").isEqualTo(ResourceState.ABSENT);
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 500, 429, 302})
  void whetherANameIsTakenHasToBeKnownBeforeTheSend(int status) {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.next("GET /named/web", 3, FakeApi.says(status, "no"));
    org.assertj.core.api.Assertions.assertThatThrownBy(this::create)
        .isInstanceOf(MethodException.class);
    assertThat(api.count("POST /named")).isZero();
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aPageSayingNotFoundDoesNotSayThatANameIsFree() throws Exception {
    resource = Things.reconciledBy(Things.CLIENT_ID);
    api.thingMadeByHand("web", Things.named("web"));
    api.next("GET /named/web", FakeApi.says(404, "text/html", "<h1>starting</h1>"));
    api.next("POST /named", FakeApi.dropsBefore());

    assertFails(Reason.ALREADY_EXISTS);

    assertThat(api.count("POST /named")).isZero();
  }
}
