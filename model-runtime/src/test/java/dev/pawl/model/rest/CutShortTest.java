package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** Callers that die or are cancelled, and those who come after them. */
@NullUnmarked // a null where none belongs fails the test
class CutShortTest extends ApiTest {
  private static final String LIST = "GET /things";

  @Test
  void whoDiedAfterTheSendIsFollowedOnceItsLeaseIsOver() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    TestContext dying = context.with().connection(new DiesAfter(connection, "POST")).build();
    assertThatThrownBy(() -> create(dying)).isInstanceOf(DiesAfter.Death.class);
    assertThat(row().effectiveState()).isEqualTo(ResourceState.CLAIMED);
    time.advance(context.timing().lease());

    assertCreates(Outcome.ADOPTED);

    assertThat(api.count(POST)).isEqualTo(1);
    assertThat(api.things()).hasSize(1);
  }

  @Test
  void whoDiedBeforeTheSendIsFollowedByOneSend() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    TestContext dying = context.with().connection(new DiesAfter(connection, "GET")).build();
    assertThatThrownBy(() -> create(dying)).isInstanceOf(DiesAfter.Death.class);
    time.advance(context.timing().lease());

    assertCreates(Outcome.CREATED);
    assertThat(api.count(POST)).isEqualTo(1);
  }

  @Test
  void whatWasSpentUnderTheClaimIsTakenOffTheSend() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(
        LIST,
        handling -> {
          time.advance(Duration.ofSeconds(10));
          return handling.run();
        });
    List<ApiRequest> posts = new ArrayList<>();
    create(context.with().connection(new Listens(connection, posts)).build());

    assertThat(posts).hasSize(1);
    assertThat(posts.get(0).timeout())
        .as("so that the quarantine counts from the deadline that was written down")
        .isLessThanOrEqualTo(context.timing().createDeadline().minusSeconds(10));
  }

  private record Listens(Connection connection, List<ApiRequest> posts) implements Connection {
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
        posts.add(request);
      }
      return connection.send(request, guard);
    }
  }

  @Test
  void withoutABaselineAMatchingObjectMayBeSomebodyElses() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.thingMadeByHand("by-hand", Things.named("web"));
    TestContext dying = context.with().connection(new DiesAfter(connection, "GET")).build();
    assertThatThrownBy(() -> create(dying)).isInstanceOf(DiesAfter.Death.class);
    time.advance(context.timing().lease());

    assertThat(assertFails(Reason.IN_DOUBT)).hasMessageContaining("by-hand");
    assertThat(api.count(POST)).isZero();
  }

  @Test
  void aLookThatIsCancelledGivesTheRowBack() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    api.next(POST, FakeApi.dropsBefore());
    Thread caller = Thread.currentThread();
    api.next(LIST, FakeApi.Handling::run);
    api.next(
        LIST,
        handling -> {
          caller.interrupt();
          return handling.run();
        });

    assertThatThrownBy(this::create).isInstanceOf(InterruptedException.class);

    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    assertCreates(Outcome.CREATED);
  }

  @Test
  void aCreateCancelledBeforeItsSendIsNotInDoubt() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    Thread caller = Thread.currentThread();
    api.next(
        LIST,
        handling -> {
          caller.interrupt();
          return handling.run();
        });

    assertThatThrownBy(this::create).isInstanceOf(InterruptedException.class);

    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    assertThat(api.count(POST)).isZero();
  }

  @Test
  void whoIsCancelledStopsThoughItHasLostItsClaim() throws Exception {
    resource = Things.reconciledBy(Things.NATURAL_KEY);
    Thread caller = Thread.currentThread();
    api.next(
        LIST,
        handling -> {
          time.advance(context.timing().lease());
          repository.claim(
              new ClaimRequest(
                  row(),
                  ClaimMode.RECONCILE,
                  "another",
                  Duration.ofSeconds(30),
                  Duration.ZERO,
                  Duration.ZERO,
                  null,
                  null));
          caller.interrupt();
          return handling.run();
        });

    assertThatThrownBy(this::create)
        .isInstanceOf(InterruptedException.class)
        .satisfies(e -> assertThat(e.getSuppressed()).as("and says so").hasSize(1));

    assertThat(row().claim().holder()).isEqualTo("another");
    assertThat(api.count(POST)).isZero();
  }
}
