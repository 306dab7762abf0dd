package dev.pawl.load;

import dev.pawl.load.cases.Case;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Measures one case, again if others have used too much of the machine meanwhile. */
final class Measure {
  private static final long SECOND = 1_000_000_000L;

  private final String peer;
  private final int round;
  private final Usage.Parts parts;
  private final Quiet quiet;
  private final AtomicLong numbers = new AtomicLong();

  /**
   * When the machine is quiet enough.
   *
   * @param patience seconds to wait for it before a measure
   * @param idle cores that others may use before a measure
   * @param noise cores that others may use during one
   * @param again how many times a noisy measure is repeated
   */
  record Quiet(int patience, double idle, double noise, int again) {}

  Measure(String peer, int round, Usage.Parts parts, Quiet quiet) {
    this.peer = peer;
    this.round = round;
    this.parts = parts;
    this.quiet = quiet;
  }

  /** The quietest of the tries. */
  Measured run(Case of, Loop loop, Loop.Lengths lengths) throws Exception {
    awaitQuiet();
    Measured best = once(of, loop, lengths);
    for (int i = 0; i < quiet.again() && best.used().noise() > quiet.noise(); i++) {
      awaitQuiet();
      Measured next = once(of, loop, lengths);
      best = next.used().noise() < best.used().noise() ? next : best;
    }
    return best;
  }

  /** Whatever others do meanwhile. */
  Measured once(Case of, Loop loop, Loop.Lengths lengths) throws Exception {
    Sides sides = new Sides(parts);
    Outcome outcome = loop.run(of, numbers, Clock.SYSTEM, lengths, sides);
    return switch (loop) {
      case ClosedLoop closed ->
          new Measured(peer, round, of, closed.callers(), 0, outcome, sides.used());
      case FixedRate fixed ->
          new Measured(peer, round, of, 0, fixed.perSecond(), outcome, sides.used());
    };
  }

  private void awaitQuiet() throws Exception {
    for (int i = 0; i < quiet.patience(); i++) {
      Usage before = parts.read();
      Clock.SYSTEM.waitUntil(System.nanoTime() + SECOND);
      if (parts.read().since(before).noise() <= quiet.idle()) {
        return;
      }
    }
  }

  /** Looks at both ends of the window on a thread of its own, so that nothing is sent later. */
  private static final class Sides implements Loop.Edges {
    private final Usage.Parts parts;
    private @Nullable CompletableFuture<Usage> begin;
    private @Nullable CompletableFuture<Usage> end;

    Sides(Usage.Parts parts) {
      this.parts = parts;
    }

    @Override
    public void begin() {
      begin = CompletableFuture.supplyAsync(this::read);
    }

    @Override
    public void end() {
      end = CompletableFuture.supplyAsync(this::read);
    }

    private Usage read() {
      try {
        return parts.read();
      } catch (IOException | SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    Usage used() {
      if (begin == null || end == null) {
        throw new IllegalStateException("the loop gave up before its window");
      }
      return end.join().since(begin.join());
    }
  }
}
