package dev.pawl.model.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import dev.pawl.model.testkit.VirtualTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@NullUnmarked // a null where none belongs fails the test
class RunOnceTest {
  private static final JsonNode MADE = Json.object().put("made", true);

  private final AtomicInteger runs = new AtomicInteger();
  private final VirtualTime time = new VirtualTime();
  private final InMemoryDataRepository store = new InMemoryDataRepository(time);
  private final TestContext context =
      TestContext.of("hand/made", "one").repository(store, time).build();
  private final ResourceKey key = context.key("report");

  private MethodResult run() throws Exception {
    return context.createOrGet(
        "report",
        () -> {
          runs.incrementAndGet();
          return MADE;
        });
  }

  private StoredResource row() {
    return store.read(key);
  }

  @Test
  void runsOnceAndGivesTheSameThereafter() throws Exception {
    assertThat(run()).isEqualTo(MethodResult.of(MADE, Outcome.CREATED));
    assertThat(run()).isEqualTo(MethodResult.of(MADE, Outcome.REUSED));
    assertThat(runs).hasValue(1);
  }

  @Test
  void everyInstanceAndOutputHasItsOwn() throws Exception {
    run();
    context.createOrGet("other", () -> MADE);
    context.with().instance("two").build().createOrGet("report", () -> MADE);
    assertThat(store.read(context.key("other")).state()).isEqualTo(ResourceState.PRESENT);
    assertThat(runs).hasValue(1);
  }

  @Test
  void aBodyThatMadeNothingRunsAgain() throws Exception {
    MethodException refusal =
        MethodException.notMade(Failure.of(Reason.API_REFUSED, "no such region"));
    assertThatThrownBy(
            () ->
                context.createOrGet(
                    "report",
                    () -> {
                      throw refusal;
                    }))
        .isSameAs(refusal);
    assertThat(row().state()).isEqualTo(ResourceState.ABSENT);
    assertThat(run().outcome()).isEqualTo(Outcome.CREATED);
  }

  @Test
  void aBodyThatFellIsInDoubtAndNotRunAgain() {
    RuntimeException fall = new IllegalStateException("boom");
    assertThatThrownBy(
            () ->
                context.createOrGet(
                    "report",
                    () -> {
                      throw fall;
                    }))
        .isSameAs(fall);
    assertInDoubt();
  }

  @Test
  void aBodyThatDoesNotKnowIsInDoubt() {
    assertThatThrownBy(
            () ->
                context.createOrGet(
                    "report",
                    () -> {
                      throw MethodException.unknown(Failure.of(Reason.UNAVAILABLE, "no answer"));
                    }))
        .hasMessage("no answer");
    assertInDoubt();
  }

  @Test
  void aCancelledBodyIsInDoubt() {
    assertThatThrownBy(
            () ->
                context.createOrGet(
                    "report",
                    () -> {
                      throw new InterruptedException("cancelled");
                    }))
        .isInstanceOf(InterruptedException.class);
    assertInDoubt();
  }

  private void assertInDoubt() {
    assertThat(row().state()).isEqualTo(ResourceState.IN_DOUBT);
    MethodException failure = catchThrowableOfType(MethodException.class, this::run);
    assertThat(failure.failure().reason()).isEqualTo(Reason.IN_DOUBT);
    assertThat(runs).hasValue(0);
  }

  @Test
  void aHolderThatDoesNotFinishIsNamed() throws Exception {
    // A lease longer than the wait, so that it is the wait that ends.
    store.claim(
        new ClaimRequest(
            row(),
            ClaimMode.CREATE,
            "run 7 on another executor",
            Duration.ofMinutes(10),
            Duration.ZERO,
            Duration.ZERO,
            null,
            null));
    MethodException failure = catchThrowableOfType(MethodException.class, this::run);
    assertThat(failure.failure().reason()).isEqualTo(Reason.CLAIM_HELD);
    assertThat(failure).hasMessageContaining("run 7 on another executor");
    assertThat(context.waits()).isNotEmpty();
    assertThat(runs).hasValue(0);
  }

  @Test
  void whatWasBuriedIsMadeAnew() throws Exception {
    run();
    store.bury(row(), StoredResource.Tombstone.Cause.DELETED);
    assertThat(run().outcome()).isEqualTo(Outcome.RECREATED);
    assertThat(runs).hasValue(2);
  }

  /** Renewals come by the real clock, a third of the lease apart; the lease ends by the store's. */
  private TestContext withLeaseOf(Duration lease) {
    Timing d = Timing.DEFAULT;
    return context
        .with()
        .timing(
            new Timing(
                lease,
                lease.dividedBy(2),
                d.processingAllowance(),
                d.settle(),
                d.readTimeout(),
                d.claimWait(),
                d.readyWait()))
        .build();
  }

  @Test
  @Timeout(60)
  void aLongBodyKeepsItsClaim() throws Exception {
    MethodResult result =
        withLeaseOf(Duration.ofMillis(90))
            .createOrGet(
                "report",
                () -> {
                  Instant firstLease = row().claim().leaseUntil();
                  time.advance(Duration.ofMillis(60));
                  while (!row().claim().leaseUntil().isAfter(firstLease)) {
                    assertThat(new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS)).isFalse();
                  }
                  time.advance(Duration.ofMillis(60));
                  assertThat(row().effectiveState()).isEqualTo(ResourceState.CLAIMED);
                  return MADE;
                });

    assertThat(result.outcome()).isEqualTo(Outcome.CREATED);
    assertThat(row().fencingToken()).isEqualTo(1);
  }

  @Test
  void aBodyThatLostItsClaimIsStopped() throws Exception {
    TestContext shortLease = withLeaseOf(Duration.ofMillis(60));
    assertThatThrownBy(
            () ->
                shortLease.createOrGet(
                    "report",
                    () -> {
                      time.advance(Duration.ofSeconds(1));
                      new CountDownLatch(1).await(20, TimeUnit.SECONDS);
                      return MADE;
                    }))
        .isInstanceOf(InterruptedException.class);
    assertThat(row().effectiveState()).isEqualTo(ResourceState.IN_DOUBT);
  }
}
