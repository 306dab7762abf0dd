package dev.pawl.load;

import static dev.pawl.load.VirtualService.MILLI;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoopsTest {
  private static final Loop.Lengths WARM_2_WINDOW_10 = new Loop.Lengths(2, 10);

  @Test
  void closedLoopCountsWhatEndsInTheWindow() throws Exception {
    VirtualService service = new VirtualService(at -> at + 3_000 * MILLI);

    Outcome outcome = run(new ClosedLoop(1), service);

    // Ends at 3, 6 and 9 s; that of 12 s is the first after the window, and nothing follows it.
    assertThat(outcome.ended()).isEqualTo(3);
    assertThat(outcome.latencies().getTotalCount()).isEqualTo(3);
    assertThat(service.asked()).isEqualTo(4);
    assertThat(outcome.unfinished()).isZero();
  }

  @Test
  void warmUpDoesNotCount() throws Exception {
    // Slow until just before the window.
    VirtualService service = new VirtualService(at -> at + (at < 1_900 * MILLI ? 100 : 1) * MILLI);

    Outcome outcome = run(new ClosedLoop(1), service);

    assertThat(outcome.latencies().getMaxValue()).isLessThan(2 * MILLI);
    assertThat(outcome.ended()).isEqualTo(10_000);
  }

  @Test
  void everyCallerHasOneOperationAtATime() throws Exception {
    Outcome outcome = run(new ClosedLoop(8), new VirtualService(at -> at + 10 * MILLI));

    assertThat(outcome.rate()).isEqualTo(800);
    assertThat(milli(outcome, 50)).isCloseTo(10, within(0.1));
  }

  @Test
  void aStallShowsAtAFixedRate() throws Exception {
    // Of the window from 2 to 12 s half a second: 5 % of what is due waits, 250 ms on average.
    VirtualService service = stalledForHalfASecond();

    Outcome outcome = run(new FixedRate(1_000, 10_000), service);

    assertThat(outcome.latencies().getTotalCount()).isEqualTo(10_000);
    assertThat(milli(outcome, 50)).isCloseTo(1, within(0.1));
    assertThat(milli(outcome, 94)).isCloseTo(1, within(0.1));
    assertThat(milli(outcome, 97.5)).isCloseTo(250, within(5.0));
    assertThat(milli(outcome, 99)).isCloseTo(400, within(5.0));
    assertThat(milli(outcome, 100)).isCloseTo(500, within(5.0));
  }

  @Test
  void aStallShowsAlsoWhereCallersAreBusy() throws Exception {
    // One at a time, so 499 wait in the generator: their time counts all the same.
    Outcome outcome = run(new FixedRate(1_000, 1), stalledForHalfASecond());

    assertThat(outcome.latencies().getTotalCount()).isEqualTo(10_000);
    assertThat(milli(outcome, 99)).isGreaterThan(400);
    assertThat(outcome.lateness().getValueAtPercentile(99) / (double) MILLI).isGreaterThan(400);
  }

  @Test
  void aClosedLoopHidesTheSameStall() throws Exception {
    // Why there is a fixed rate: the one caller waits once, and asks nothing meanwhile.
    Outcome outcome = run(new ClosedLoop(1), stalledForHalfASecond());

    assertThat(milli(outcome, 99)).isCloseTo(1, within(0.1));
    assertThat(milli(outcome, 100)).isCloseTo(500, within(5.0));
  }

  @Test
  void whoWaitsPastTheWindowIsNotForgotten() throws Exception {
    VirtualService service = VirtualService.stalling(MILLI, 11_000 * MILLI, 20_000 * MILLI);

    Outcome outcome = run(new ClosedLoop(1), service);

    assertThat(milli(outcome, 100)).isCloseTo(1, within(0.1));
    assertThat(outcome.longest() / MILLI).isBetween(8_999L, 9_001L);
  }

  @Test
  void aFixedRateCountsWhatWasDueInTheWindowThoughItEndsLater() throws Exception {
    // What was due in the last second of the window ends after it.
    Outcome outcome = run(new FixedRate(10, 1_000), new VirtualService(at -> at + 1_000 * MILLI));

    assertThat(outcome.latencies().getTotalCount()).isEqualTo(100);
    assertThat(outcome.ended()).isEqualTo(100);
    assertThat(milli(outcome, 1)).isCloseTo(1_000, within(1.0));
  }

  @Test
  void whatNeverEndsIsTold() throws Exception {
    assertThat(run(new ClosedLoop(8), silentFrom5Seconds()).unfinished()).isEqualTo(8);
    assertThat(run(new FixedRate(10, 5), silentFrom5Seconds()).unfinished()).isEqualTo(5);
  }

  @Test
  void aLoopGivesUpOnErrors() throws Exception {
    VirtualService clock = new VirtualService(at -> at);
    Operation failing = (number, ended) -> ended.with(new IllegalStateException("no"));

    for (Loop loop : List.of(new ClosedLoop(2), new FixedRate(1_000, 1_000))) {
      Outcome outcome =
          loop.run(failing, new AtomicLong(), clock, WARM_2_WINDOW_10, Loop.Edges.NONE);

      assertThat(outcome.failures()).isBetween(1_000L, 1_003L);
      assertThat(outcome.ended()).isZero();
      assertThat(outcome.first()).hasMessage("no");
    }
  }

  @Test
  void theEdgesAreToldAtBothEndsOfTheWindow() throws Exception {
    for (Loop loop : List.of(new ClosedLoop(2), new FixedRate(100, 1_000))) {
      VirtualService service = new VirtualService(at -> at + 7 * MILLI);
      List<Long> told = new ArrayList<>();

      loop.run(
          service,
          new AtomicLong(),
          service,
          WARM_2_WINDOW_10,
          new Loop.Edges() {
            @Override
            public void begin() {
              told.add(service.nanos() / MILLI);
            }

            @Override
            public void end() {
              told.add(service.nanos() / MILLI);
            }
          });

      assertThat(told).containsExactly(2_000L, 12_000L);
    }
  }

  private static VirtualService silentFrom5Seconds() {
    return new VirtualService(at -> at < 5_000 * MILLI ? at + MILLI : at);
  }

  private static VirtualService stalledForHalfASecond() {
    return VirtualService.stalling(MILLI, 5_000 * MILLI, 5_500 * MILLI);
  }

  private static Outcome run(Loop loop, VirtualService service) throws InterruptedException {
    return loop.run(service, new AtomicLong(), service, WARM_2_WINDOW_10, Loop.Edges.NONE);
  }

  private static double milli(Outcome outcome, double percentile) {
    return outcome.latencies().getValueAtPercentile(percentile) / (double) MILLI;
  }
}
