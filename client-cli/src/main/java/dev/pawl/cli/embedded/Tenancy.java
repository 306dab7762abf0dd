package dev.pawl.cli.embedded;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Who still needs the embedded server, and so when it may end. Ending is decided and closed to
 * newcomers in one step: a client is either held on to or told to start another server.
 */
final class Tenancy {
  /** How long the command that started the server may take to attach, on a busy machine. */
  private static final Duration FIRST_CLIENT = Duration.ofSeconds(30);

  private final Duration linger;
  private final LongSupplier nanoTime;
  private Duration patience = FIRST_CLIENT;
  private int clients;
  private long lastNeeded;
  private State state = State.OPEN;

  private enum State {
    OPEN,
    /** Stays until somebody stops it. */
    KEPT,
    /** Nobody is let in any more. */
    ENDING
  }

  /**
   * @param linger how long to stay after the last client and run, for the next command of a script
   * @param nanoTime a monotonic clock in nanoseconds
   */
  Tenancy(Duration linger, LongSupplier nanoTime) {
    this.linger = linger;
    this.nanoTime = nanoTime;
    this.lastNeeded = nanoTime.getAsLong();
  }

  /** The server answers: from here on it is waited for the first client. */
  synchronized void begin() {
    lastNeeded = nanoTime.getAsLong();
  }

  /** Lets a client in; false if the server is ending. */
  synchronized boolean enter() {
    if (state == State.ENDING) {
      return false;
    }
    clients++;
    patience = linger;
    return true;
  }

  synchronized void leave() {
    clients--;
    lastNeeded = nanoTime.getAsLong();
  }

  synchronized void keep() {
    if (state == State.OPEN) {
      state = State.KEPT;
    }
  }

  /** Ends the tenancy if nobody has needed the server for a while; true if it has ended. */
  synchronized boolean endIfUnneeded(BooleanSupplier noRuns) {
    if (state != State.OPEN) {
      return state == State.ENDING;
    }
    long now = nanoTime.getAsLong();
    if (clients > 0 || !noRuns.getAsBoolean()) {
      lastNeeded = now;
    } else if (now - lastNeeded >= patience.toNanos()) {
      state = State.ENDING;
    }
    return state == State.ENDING;
  }

  /** Ends it for another reason: the process was told to stop. */
  synchronized void end() {
    state = State.ENDING;
  }
}
