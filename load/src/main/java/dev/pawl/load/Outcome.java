package dev.pawl.load;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What a loop saw.
 *
 * @param seconds length of the window
 * @param ended operations that ended in the window and did what they should
 * @param failures operations that did not, warming up included
 * @param unfinished operations that were still under way a minute after the window
 * @param first failure
 * @param longest nanoseconds of any of these, of a closed loop those included that began before the
 *     window's end and ended after it
 * @param latencies in nanoseconds
 * @param lateness of the generator itself, in nanoseconds; empty for a closed loop
 */
record Outcome(
    double seconds,
    long ended,
    long failures,
    long unfinished,
    @Nullable Throwable first,
    long longest,
    Histogram latencies,
    Histogram lateness) {

  double rate() {
    return ended / seconds;
  }
}
