package dev.pawl.core.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendTest extends HttpTest {
  @Test
  void theSecondTimeNothingIsSentAndTheAnswerIsTheSame() throws Exception {
    site.on("POST /things", 201, "{\"id\": 9007199254740993}");

    MethodResult first = send(post());
    MethodResult second = send(post());

    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(second.outcome()).isEqualTo(Outcome.REUSED);
    assertThat(second.output()).isEqualTo(first.output());
    assertThat(first.output().at("/body/id").asLong()).isEqualTo(9007199254740993L);
    assertThat(site.effects()).hasSize(1);
    assertThat(site.effects().get(0).body()).isEqualTo("{\"name\":\"hook\"}");
    assertThat(site.effects().get(0).header("Content-type")).isEqualTo("application/json");
  }

  @Test
  void eachInstanceSendsWithAKeyOfItsOwn() throws Exception {
    site.on("POST /things", 201, "{}");

    send(post());
    model.invoke("send", post(), context.with().instance("other").build());

    assertThat(site.effects()).hasSize(2);
    String key = site.effects().get(0).header("Idempotency-key");
    assertThat(key).matches("pawl-[a-z2-7]{26}");
    assertThat(site.effects().get(1).header("Idempotency-key")).isNotEqualTo(key);
  }

  @Test
  void theKeysHeaderMayBeNamedOrLeftOut() throws Exception {
    site.on("POST /things", 201, "{}");

    send(post().put("idempotencyKeyHeader", "X-Request-Token"));
    model.invoke(
        "send", post().put("idempotencyKeyHeader", ""), context.with().instance("other").build());

    assertThat(site.effects().get(0).header("X-request-token")).startsWith("pawl-");
    assertThat(site.effects().get(1).headers().toString()).doesNotContain("pawl-");
  }

  @Test
  void aKeyOfTheAuthorsOwnIsRefused() {
    ObjectNode arguments = post();
    arguments.putObject("headers").put("idempotency-key", "mine");

    assertThat(refused(arguments).failure().message()).contains("Pawl's own key");
    assertThat(site.effects()).isEmpty();
  }

  @Test
  void aRefusalLeavesNothingAndIsTriedAgainUnderAnotherKey() throws Exception {
    site.on("POST /things", 422, "{\"message\": \"bad name\"}").on("POST /things", 201, "{}");

    MethodException e = refused(post());
    MethodResult after = send(post());

    assertThat(e.failure().reason()).isEqualTo(Reason.API_REFUSED);
    assertThat(e.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(e.failure().message()).isEqualTo("POST /things was answered 422: bad name");
    assertThat(after.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(site.effects().get(0).header("Idempotency-key"))
        .isNotEqualTo(site.effects().get(1).header("Idempotency-key"));
  }

  @Test
  void aServerThatIsNotThereLeavesNothing() {
    ObjectNode arguments = post();
    site.close();

    assertThat(refused(arguments).failure().reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void aConflictSaysThatItIsThereAlready() {
    site.on("POST /things", 409, "{\"message\": \"name taken\"}");

    assertThat(refused(post()).failure().reason()).isEqualTo(Reason.ALREADY_EXISTS);
  }

  @Test
  void aConflictThatIsExpectedIsASuccess() throws Exception {
    site.on("POST /things", 409, "{\"message\": \"name taken\"}");
    ObjectNode arguments = post();
    arguments.putArray("expect").add("2xx").add(409);

    assertThat(send(arguments).outcome()).isEqualTo(Outcome.CREATED);
  }

  @ParameterizedTest
  @ValueSource(ints = {302, 408, 429, 500, 503})
  void whatTellsNothingIsADoubtAndNotSentAgain(int status) {
    site.on("POST /things", status, "{}");

    MethodException first = refused(post());
    MethodException second = refused(post());

    assertThat(first.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(first.effect()).isEqualTo(MethodException.Effect.UNKNOWN);
    assertThat(second.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(second.failure().message()).contains("verifyUrl").contains("repeatable: true");
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void otherArgumentsForOneInstanceAreKeptAndNamed() throws Exception {
    site.on("POST /things", 201, "{}");
    send(post());
    ObjectNode other = post();
    other.putObject("body").put("name", "other");

    MethodResult kept = send(other);

    assertThat(kept.outcome()).isEqualTo(Outcome.REUSED);
    assertThat(kept.differs()).hasSize(1);
    assertThat(kept.differs().get(0).path()).isEqualTo("/body");
    assertThat(kept.warnings())
        .containsExactly("not sent again, though asked for otherwise: /body");
    assertThat(site.effects()).hasSize(1);
  }

  @Test
  void otherArgumentsFailWhereThatIsAskedFor() throws Exception {
    site.on("POST /things", 201, "{}");
    send(post());
    CreateOptions def = CreateOptions.DEFAULT;
    context =
        context
            .with()
            .options(
                new CreateOptions(
                    def.verify(), CreateOptions.OnChange.FAIL, def.adopt(), null, false))
            .build();

    MethodException e = refused(post().put("method", "PUT"));

    assertThat(e.failure().reason()).isEqualTo(Reason.ARGUMENTS_CHANGED);
    assertThat(e.failure().message()).contains("/method");
  }

  @Test
  void aNewCredentialIsNoChange() throws Exception {
    site.on("POST /things", 201, "{}");
    ObjectNode arguments = post();
    arguments.putObject("headers").put("X-Api-Key", "the-first-key");
    send(arguments);
    arguments.putObject("headers").put("X-Api-Key", "the-second-key");

    assertThat(send(arguments).differs()).isEmpty();
  }

  @Test
  void credentialsAreNeitherStoredNorPartOfTheIntent() throws Exception {
    site.on("POST /things", 503, "{}");
    ObjectNode arguments = post();
    arguments.put("url", site.url("/things?sig_token=in-the-url"));
    arguments.putObject("headers").put("Authorization", "Bearer in-the-header");
    ((ObjectNode) arguments.get("body")).put("password", "in-the-body");

    String message = refused(arguments).failure().message();
    String stored = row().toString();

    assertThat(site.effects().get(0).header("Authorization")).isEqualTo("Bearer in-the-header");
    assertThat(site.effects().get(0).line()).endsWith("?sig_token=in-the-url");
    assertThat(site.effects().get(0).body()).contains("in-the-body");
    assertThat(message).doesNotContain("in-the-");
    // The body itself is part of the intent, which the store seals.
    assertThat(stored).doesNotContain("in-the-url").doesNotContain("in-the-header");
  }

  @Test
  void aLongAnswerOfAnEffectIsCutAndNotLost() throws Exception {
    site.on("POST /things", Site.answer(201, "text/plain", "x".repeat(Answers.LIMIT)));

    MethodResult result = send(post());

    assertThat(result.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(result.output().path("truncated").asBoolean()).isTrue();
    assertThat(result.output().path("bodyText").asText()).hasSize(64 << 10);
    assertThat(result.warnings()).hasSize(1);
    assertThat(send(post()).output()).isEqualTo(result.output());
  }

  @Test
  void textGoesOutAsItIs() throws Exception {
    site.on("POST /things", 202, "{}");
    ObjectNode arguments = post();
    arguments.remove("body");
    arguments.put("bodyText", "<a>ü</a>").putObject("headers").put("Content-Type", "text/xml");

    send(arguments);

    assertThat(site.effects().get(0).body()).isEqualTo("<a>ü</a>");
    assertThat(site.effects().get(0).header("Content-type")).isEqualTo("text/xml");
  }

  @Test
  void twoBodiesAreRefused() {
    assertThat(refused(post().put("bodyText", "x")).failure().reason())
        .isEqualTo(Reason.INVALID_ARGUMENTS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0s", "soon", "6m", "-1s"})
  void aTimeoutHasItsLimits(String timeout) {
    assertThat(refused(post().put("timeout", timeout)).failure().message()).startsWith("timeout ");
  }

  @Test
  void aTimeoutBeyondTheUsualLeaseIsCoveredByALongerOne() throws Exception {
    site.on("POST /things", 201, "{}");

    assertThat(send(post().put("timeout", "4m")).outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  void anEffectIsSentOnAConnectionThatIsNotWaitedForLongerThanAsked() {
    site.on("POST /things", exchange -> {});

    MethodException e = refused(post().put("timeout", "200ms"));

    assertThat(e.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
  }

  @Test
  void whoIsCancelledBeforeTheSendSendsNothing() {
    site.on("POST /things", 201, "{}");
    site.on("GET /things/hook", 503, "{}");
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> send(post().put("verifyUrl", site.url("/things/hook"))))
        .isInstanceOf(InterruptedException.class);

    assertThat(site.effects()).isEmpty();
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void whatWasDeletedAfterTheRunBeganIsNotSentAgain() throws Exception {
    site.on("POST /things", 201, "{}");
    send(post());
    var began = row().readAt();
    ((VirtualTime) context.pacer()).advance(Duration.ofSeconds(1));
    context.dataRepository().bury(row(), StoredResource.Tombstone.Cause.DELETED);
    CreateOptions def = CreateOptions.DEFAULT;
    context =
        context
            .with()
            .options(new CreateOptions(def.verify(), def.onChange(), def.adopt(), began, false))
            .build();

    assertThat(refused(post()).failure().reason()).isEqualTo(Reason.DELETED_AFTER_START);
    assertThat(site.effects()).hasSize(1);
  }
}
