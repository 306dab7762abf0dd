package dev.pawl.load;

/**
 * The time that counts.
 *
 * @param from first nanosecond, on the loop's clock
 * @param to first nanosecond after it
 */
record Window(long from, long to) {
  private static final double NANOS = 1e9;

  static Window after(long now, double warmSeconds, double seconds) {
    long from = now + (long) (warmSeconds * NANOS);
    return new Window(from, from + (long) (seconds * NANOS));
  }

  boolean holds(long nanos) {
    return nanos - from >= 0 && nanos - to < 0;
  }

  double seconds() {
    return (to - from) / NANOS;
  }
}
