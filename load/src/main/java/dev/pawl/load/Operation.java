package dev.pawl.load;

import org.jspecify.annotations.Nullable;

/** Something a caller asks for, again and again. */
@FunctionalInterface
public interface Operation {
  /**
   * Asks; returns without waiting for the answer.
   *
   * @param number of this operation, unlike all others of this process
   * @param ended is told exactly once, on any thread
   */
  void start(long number, Ended ended);

  /** Hears of an operation's end. */
  @FunctionalInterface
  interface Ended {
    /**
     * It has ended.
     *
     * @param failure null if it did what it should
     */
    void with(@Nullable Throwable failure);
  }
}
