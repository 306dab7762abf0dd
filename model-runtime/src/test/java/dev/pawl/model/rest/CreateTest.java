package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.CreateOptions;
import dev.pawl.model.CreateOptions.Verify;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@NullUnmarked // a null where none belongs fails the test
class CreateTest extends ApiTest {

  @Test
  void madeOnceAndVerifiedThereafter() throws Exception {
    MethodResult first = create();
    assertThat(first.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(first.output().path("id").asText()).isEqualTo("t-1");
    assertThat(row().externalId()).isEqualTo("t-1");
    assertThat(row().account()).isEqualTo("account-1");
    assertThat(row().confirmed()).isTrue();

    MethodResult again = create();
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(again.output()).isEqualTo(first.output());
    assertThat(again.differs()).isEmpty();
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void verifyNeverAsksNothing() throws Exception {
    create();
    api.forgetLog();

    MethodResult again = create(context.with().options(verify(Verify.NEVER)).build());

    assertThat(again.outcome()).isEqualTo(Outcome.REUSED);
    assertThat(again.output().path("id").asText()).isEqualTo("t-1");
    assertThat(api.log()).isEmpty();
  }

  @Test
  void verifyOlderThanAsksOnlyThen() throws Exception {
    create();
    TestContext tenMinutes =
        context.with().options(verify(Verify.olderThan(Duration.ofMinutes(10)))).build();
    api.forgetLog();
    assertThat(create(tenMinutes).outcome()).isEqualTo(Outcome.REUSED);
    assertThat(api.log()).isEmpty();

    time.advance(Duration.ofMinutes(11));
    assertThat(create(tenMinutes).outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(create(tenMinutes).outcome()).isEqualTo(Outcome.REUSED);
    assertThat(api.count(GET)).isEqualTo(1);
  }

  @Test
  void deletedBehindOurBackIsRecreatedOnceAfterTwoLooks() throws Exception {
    create();
    api.remove("t-1");
    api.forgetLog();

    MethodResult result = create();

    assertThat(result.outcome()).isEqualTo(Outcome.RECREATED);
    assertThat(result.output().path("id").asText()).isEqualTo("t-2");
    assertThat(api.count(GET)).isEqualTo(2);
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(row().incarnation()).isEqualTo(2);
    assertCreates(Outcome.VERIFIED);
  }

  @Test
  void goneOnlyForAMomentIsNotGone() throws Exception {
    create();
    api.next(GET, FakeApi.says(404, "no such thing"));
    assertCreates(Outcome.VERIFIED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void absenceRightAfterTheCreateMayBeLagAndIsWaitedOut() throws Exception {
    api.next(GET, 2, FakeApi.says(404, "not yet"));
    assertCreates(Outcome.CREATED);
    assertThat(row().confirmed()).isFalse();
    Instant before = time.instant();

    assertCreates(Outcome.VERIFIED);

    assertThat(Duration.between(before, time.instant()))
        .isGreaterThanOrEqualTo(context.timing().quarantine().minus(Duration.ofSeconds(1)));
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void aFailingReadIsNeverTakenForAbsence() throws Exception {
    create();
    api.next(GET, 3, FakeApi.says(500, "boom"));

    MethodException failure = assertFails(Reason.VERIFY_UNKNOWN);

    assertThat(failure).hasMessageContaining("GET /things/t-1").hasMessageContaining("boom");
    assertThat(failure.failure().httpStatus()).isEqualTo(500);
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertCreates(Outcome.VERIFIED);
  }

  @Test
  void aPagesNotFoundOnceIsAskedAgain() throws Exception {
    create();
    api.next(GET, FakeApi.says(404, "text/html", "<h1>404</h1>"));
    assertCreates(Outcome.VERIFIED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "401|application/json|{}",
        "403|application/json|{\"message\":\"forbidden\"}",
        "404|text/html|<h1>gone</h1>",
        "404|application/json|{\"mess",
        "408|application/json|{}",
        "429|application/json|{}",
        "302|text/html|moved",
        "200|application/json|{\"thing\":{\"id\":\"t-1\"",
        "200|application/json|{\"other\":1}",
        "200|text/html|<html>log in</html>",
        "503|text/html|<h1>down</h1>"
      })
  void whatCannotBeTakenAsAbsenceSendsNothing(int status, String type, String body)
      throws Exception {
    create();
    api.next(GET, 10, FakeApi.says(status, type, body));

    assertFails(Reason.VERIFY_UNKNOWN);

    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(api.count(GET)).as("one after the create, three looks").isEqualTo(4);
    assertThat(api.count("GET /elsewhere")).isZero();
    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
  }

  @Test
  void aDroppedReadIsUnknown() throws Exception {
    create();
    api.next(GET, 3, FakeApi.dropsBefore());
    assertFails(Reason.VERIFY_UNKNOWN);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void softDeletedIsGone() throws Exception {
    resource =
        Things.things(
            Things.NONE, Things.GET, null, null, new SoftDelete("/status", Set.of("deleted")));
    create();
    api.setAll("status", "deleted");
    assertCreates(Outcome.RECREATED);
  }

  @Test
  void withoutAReadOfOneAListVerifies() throws Exception {
    resource =
        Things.things(Things.NONE, null, Things.listing(new Listing.Paging.None()), null, null);
    create();
    assertCreates(Outcome.VERIFIED);
    api.next("GET /things", 3, FakeApi.says(200, "text/html", "<html>"));
    assertFails(Reason.VERIFY_UNKNOWN);
    api.remove("t-1");
    assertCreates(Outcome.RECREATED);
    assertThat(api.count(POST)).isEqualTo(2);
  }

  @Test
  void withoutAnyReadItIsReused() throws Exception {
    resource = Things.things(Things.NONE, null, null, null, null);
    create();
    assertCreates(Outcome.REUSED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void anotherObjectUnderTheStoredIdIsNotOurs() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    create();
    api.setAll("created_at", "2031-01-01T00:00:00Z");
    assertFails(Reason.VERIFY_UNKNOWN);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void refusedCreateFailsInTheApisWordsAndIsSentAgainNextTime() throws Exception {
    api.next(POST, FakeApi.says(422, "the CIDR is bad"));

    MethodException failure = assertFails(Reason.API_REFUSED);

    assertThat(failure)
        .hasMessageContaining("POST /things")
        .hasMessageContaining("the CIDR is bad");
    assertThat(failure.failure().httpStatus()).isEqualTo(422);
    assertThat(failure.failure().request()).isEqualTo(POST);
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    assertThat(row().sendNumber()).isEqualTo(1);
    assertThat(learned()).containsExactly("not made");
    assertCreates(Outcome.CREATED);
    assertThat(row().sendNumber()).isEqualTo(2);
  }

  @Test
  void refusedCredentialMakesNothing() {
    api.next(POST, FakeApi.says(401, "who are you"));
    MethodException failure = assertFails(Reason.API_UNAUTHENTICATED);
    assertThat(failure.getMessage()).doesNotContain("s3cret");
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void unreachableApiMakesNothing() throws Exception {
    api.close();
    MethodException failure = assertFails(Reason.UNREACHABLE);
    assertThat(failure.effect()).isEqualTo(MethodException.Effect.NOT_MADE);
    assertThat(failure).hasMessageContaining(api.url());
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
  }

  @Test
  void nothingIsSentOnceTheLeaseCouldEndDuringTheSend() throws Exception {
    Connection slowToConnect =
        new Connection() {
          @Override
          public String name() {
            return connection.name();
          }

          @Override
          public String baseUrl() {
            return connection.baseUrl();
          }

          @Override
          public String account() {
            return connection.account();
          }

          @Override
          public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
            if (request.method().equals("POST")) {
              time.advance(Duration.ofSeconds(16));
            }
            return connection.send(request, guard);
          }
        };

    assertFails(Reason.UNREACHABLE, context.with().connection(slowToConnect).build());

    assertThat(api.count(POST)).isZero();
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    assertCreates(Outcome.CREATED);
  }

  @Test
  void anotherAccountsResourceIsNeitherVerifiedNorMadeAnew() throws Exception {
    create();
    api.forgetLog();
    try (var other = connect("account-2")) {
      MethodException failure =
          assertFails(Reason.ACCOUNT_MISMATCH, context.with().connection(other).build());
      assertThat(failure).hasMessageContaining("account-1").hasMessageContaining("account-2");
    }
    assertThat(api.log()).isEmpty();
  }

  @Test
  void deletedOnRecordIsNotMadeAnewByWhatBeganBefore() throws Exception {
    create();
    Instant began = time.instant();
    time.advance(Duration.ofSeconds(1));
    call("delete", Json.object(), context);

    assertFails(Reason.DELETED_AFTER_START, startedAt(began, false));
    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(create(startedAt(began, true)).outcome()).isEqualTo(Outcome.CREATED);
    assertThat(api.count(POST)).isEqualTo(2);
  }

  @Test
  void deletedOnRecordIsMadeAnewByWhatBeganLater() throws Exception {
    create();
    call("delete", Json.object(), context);
    time.advance(Duration.ofSeconds(1));
    assertThat(create(startedAt(time.instant(), false)).outcome()).isEqualTo(Outcome.CREATED);
  }

  private TestContext startedAt(Instant began, boolean recreate) {
    return context
        .with()
        .options(
            new CreateOptions(
                Verify.ALWAYS,
                CreateOptions.OnChange.KEEP,
                CreateOptions.Adopt.NEVER,
                began,
                recreate))
        .build();
  }

  @Test
  void readyIsWaitedFor() throws Exception {
    resource =
        Things.things(
            Things.NONE,
            Things.GET,
            null,
            new Readiness("/status", Set.of("new"), Set.of("errored")),
            null);
    api.newOnesAre("new");
    api.next(
        GET,
        5,
        handling -> {
          FakeApi.Answer answer = handling.run();
          return new FakeApi.Answer(
              answer.status(), answer.type(), answer.body().replace("active", "new"));
        });
    api.next(
        GET,
        handling -> {
          api.setAll("status", "active");
          return handling.run();
        });

    MethodResult result = create();

    assertThat(result.output().path("status").asText()).isEqualTo("active");
    assertThat(result.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(context.waits()).anyMatch(w -> w.contains("'new'"));
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void whatComesUpFailedIsSaidAndStillOurs() throws Exception {
    resource =
        Things.things(
            Things.NONE,
            Things.GET,
            null,
            new Readiness("/status", Set.of("new"), Set.of("errored")),
            null);
    api.newOnesAre("errored");

    assertFails(Reason.NOT_READY);

    assertThat(row().state()).isEqualTo(ResourceState.PRESENT);
    assertThat(row().externalId()).isEqualTo("t-1");
    assertFails(Reason.NOT_READY);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void secretsAreSentAndNotKept() throws Exception {
    var arguments = Things.named("web").put("password", "hunter2");
    call("create", arguments, context);

    assertThat(row().toString()).doesNotContain("hunter2");
    MethodResult again = call("create", Things.named("web").put("password", "other"), context);
    assertThat(again.outcome()).isEqualTo(Outcome.VERIFIED);
    assertThat(again.differs()).isEmpty();
  }
}
