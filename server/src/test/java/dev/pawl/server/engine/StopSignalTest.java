package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.engine.StopSignal.Cause;
import org.junit.jupiter.api.Test;

/** When the signal interrupts, and when it does not. */
class StopSignalTest {
  private final StopSignal signal = new StopSignal();

  private <T> T inside(java.util.function.Function<StopSignal.Section, T> body)
      throws InterruptedException {
    return signal.<T, RuntimeException>interruptibly(section -> () -> body.apply(section));
  }

  @Test
  void aCallIsAskedToStopOnce() throws Exception {
    inside(
        section -> {
          signal.stop(Cause.CANCELLED);
          assertThat(Thread.interrupted()).isTrue();
          signal.stop(Cause.CANCELLED);
          signal.stop(Cause.TIMED_OUT);
          assertThat(Thread.interrupted()).isFalse();
          signal.stop(Cause.LOST);
          assertThat(Thread.interrupted()).isTrue();
          return true;
        });
    assertThat(signal.cause()).isEqualTo(Cause.LOST);
  }

  @Test
  void nothingBeginsAfterTheSignal() {
    signal.stop(Cause.FAILED_FAST);
    assertThatThrownBy(() -> inside(section -> true)).isInstanceOf(InterruptedException.class);
  }

  @Test
  void aSectionInsideASectionIsRefused() throws Exception {
    inside(
        section -> {
          assertThatThrownBy(() -> inside(inner -> true)).isInstanceOf(IllegalStateException.class);
          return true;
        });
  }

  @Test
  void aLateInterruptHitsNobody() throws Exception {
    StopSignal.Section ended = inside(section -> section);
    ended.interrupt();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
