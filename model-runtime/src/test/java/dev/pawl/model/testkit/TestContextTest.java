package dev.pawl.model.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TestContextTest {
  private static final ApiRequest POST =
      new ApiRequest(
          "POST",
          URI.create("http://acme.test/things?x=1"),
          Map.of(),
          new byte[0],
          Duration.ofSeconds(1));

  @Test
  void withoutAConnectionAskingForOneFails() {
    TestContext context = TestContext.of("acme/thing", "one").build();
    assertThatThrownBy(context::http)
        .isInstanceOfSatisfying(
            MethodException.class,
            e -> assertThat(e.failure().reason()).isEqualTo(Reason.NO_CONNECTION));
  }

  @Test
  void aPauseMovesTheStoresClock() throws InterruptedException {
    TestContext context = TestContext.of("acme/thing", "one").build();
    Instant before = context.dataRepository().read(context.key()).readAt();
    context.pacer().pause(Duration.ofHours(1));
    assertThat(context.dataRepository().read(context.key()).readAt())
        .isEqualTo(before.plus(Duration.ofHours(1)));
  }

  @Test
  void virtualTimeIsInterruptedAsRealTimeIs() {
    VirtualTime time = new VirtualTime();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> time.pause(Duration.ofSeconds(1)))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
    assertThat(time.nanoTime()).isZero();
  }

  @Test
  void anotherInstanceSharesTheStore() {
    TestContext context = TestContext.of("acme/thing", "one").build();
    TestContext other = context.with().instance("two").build();
    assertThat(other.dataRepository()).isSameAs(context.dataRepository());
    assertThat(context.instance()).isEqualTo("one");
    assertThat(other.key().instance()).isEqualTo("two");
  }

  @Test
  void fakeAnswersInOrderAndTheLastForEver() {
    FakeConnection fake =
        new FakeConnection("acme")
            .loses("POST /things")
            .refuses("POST /things")
            .on("POST /things", 201, Json.object().put("id", 1));

    assertThat(fake.send(POST, SendGuard.NONE)).isInstanceOf(SendOutcome.Lost.class);
    assertThat(fake.send(POST, SendGuard.NONE)).isInstanceOf(SendOutcome.NeverSent.class);
    assertThat(fake.send(POST, SendGuard.NONE)).isInstanceOf(SendOutcome.Answered.class);
    assertThat(fake.send(POST, SendGuard.NONE)).isInstanceOf(SendOutcome.Answered.class);
    assertThat(fake.send(POST, () -> false)).isInstanceOf(SendOutcome.NeverSent.class);
    assertThat(fake.requests()).hasSize(3);
  }

  @Test
  void fakeFailsOnWhatNobodySpokeOf() {
    FakeConnection fake = new FakeConnection("acme").refuses("GET /things");
    assertThatThrownBy(() -> fake.send(POST, SendGuard.NONE))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("POST /things")
        .hasMessageContaining("GET /things");
  }
}
