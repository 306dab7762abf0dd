package dev.pawl.cli.e2e;

import dev.pawl.cli.e2e.AdversarialApi.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * One way in which a create is disturbed.
 *
 * @param fault what the API does with the first POST of the step
 * @param second whether the server that takes over is killed too, over what it first asks the API
 */
record CrashCell(Signal signal, Point point, Fault fault, boolean second) {
  /** What befalls the server. */
  enum Signal {
    /** SIGKILL. */
    KILL,
    /** SIGSTOP until another server has finished its runs, then SIGCONT. */
    STOP
  }

  /** Where it befalls it. */
  enum Point {
    /** The claim has been sent to the database: lost with KILL, durable with STOP. */
    CLAIMING("before the send"),
    /** The API has the request, and carries on with it. */
    ARRIVED("sent, the API at work"),
    /** The object is made, the answer is not sent. */
    COMMITTED("made, not answered"),
    /** The answer is known, its record has been sent to the database and is lost. */
    ANSWERED("answered, not recorded");

    final String words;

    Point(String words) {
      this.words = words;
    }
  }

  /** Every combination that differs from the others: an answer to a dead process is no answer. */
  static List<CrashCell> all() {
    List<CrashCell> cells = new ArrayList<>();
    for (Point point : Point.values()) {
      for (Fault fault : faults(Signal.KILL, point)) {
        cells.add(new CrashCell(Signal.KILL, point, fault, false));
        cells.add(new CrashCell(Signal.KILL, point, fault, true));
      }
      for (Fault fault : faults(Signal.STOP, point)) {
        cells.add(new CrashCell(Signal.STOP, point, fault, false));
      }
    }
    return cells;
  }

  private static EnumSet<Fault> faults(Signal signal, Point point) {
    return switch (point) {
      case CLAIMING, ANSWERED -> EnumSet.allOf(Fault.class);
      case ARRIVED ->
          signal == Signal.STOP
              ? EnumSet.allOf(Fault.class)
              : EnumSet.of(Fault.NONE, Fault.LATE, Fault.LAG, Fault.DROPPED);
      case COMMITTED ->
          signal == Signal.STOP
              ? EnumSet.of(Fault.NONE, Fault.LOST, Fault.ERROR, Fault.LAG, Fault.TRUNCATED)
              : EnumSet.of(Fault.NONE, Fault.LAG);
    };
  }

  @Override
  public String toString() {
    return signal + " " + point + " " + fault + (second ? " twice" : "");
  }
}
