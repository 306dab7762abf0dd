package dev.pawl.cli.e2e;

import dev.pawl.cli.e2e.AdversarialApi.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One way in which a create is disturbed.
 *
 * @param fault what the API does with the first POST of the step
 * @param second whether the server that takes over is killed too, over what it first asks the API
 */
record CrashCell(Signal signal, Point point, Fault fault, boolean second) {
  /** What befalls the server, or its database. */
  enum Signal {
    /** SIGKILL. */
    KILL,
    /** SIGSTOP until another server has finished its runs, then SIGCONT. */
    STOP,
    /** SIGKILL of the postmaster, which is started anew; the servers live on. */
    POSTMASTER,
    /** The connection is cut over a write that PostgreSQL has carried out. */
    CUT_ANSWER,
    /** The connection is cut over a write that PostgreSQL never gets. */
    CUT_WRITE,
    /** SIGKILL of the primary's postmaster and all its processes; its Patroni lives on. */
    PRIMARY,
    /** The same together with its Patroni, as if the machine had gone. */
    NODE,
    /** SIGSTOP of all of that until another primary serves, then SIGCONT. */
    FROZEN_NODE;

    boolean isCut() {
      return this == CUT_ANSWER || this == CUT_WRITE;
    }

    /** Whether another PostgreSQL takes over. */
    boolean isFailover() {
      return this == PRIMARY || this == NODE || this == FROZEN_NODE;
    }
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
    ANSWERED("answered, not recorded"),
    /** The start of the run has been answered; nothing is held. */
    STARTED("start answered"),
    /** The object can be read from Pawl; nothing is held. */
    RECORDED("recorded"),
    /** The run's end can be read from Pawl. */
    ENDED("run ended");

    /** Those that lie within one create. */
    static final Set<Point> OF_A_CREATE = EnumSet.range(CLAIMING, ANSWERED);

    final String words;

    Point(String words) {
      this.words = words;
    }
  }

  /** Every combination that differs from the others: an answer to a dead process is no answer. */
  static List<CrashCell> all() {
    List<CrashCell> cells = new ArrayList<>();
    for (Point point : Point.OF_A_CREATE) {
      for (Fault fault : faults(Signal.KILL, point)) {
        cells.add(new CrashCell(Signal.KILL, point, fault, false));
        cells.add(new CrashCell(Signal.KILL, point, fault, true));
      }
      for (Fault fault : faults(Signal.STOP, point)) {
        cells.add(new CrashCell(Signal.STOP, point, fault, false));
      }
    }
    cells.addAll(ofTheDatabase());
    return cells;
  }

  /** The servers live, so that what the API does matters at every point. */
  private static List<CrashCell> ofTheDatabase() {
    List<CrashCell> cells = new ArrayList<>();
    for (Fault fault : EnumSet.of(Fault.NONE, Fault.LOST, Fault.ERROR, Fault.DROPPED)) {
      for (Point point : Point.OF_A_CREATE) {
        cells.add(new CrashCell(Signal.POSTMASTER, point, fault, false));
      }
      for (Signal cut : EnumSet.of(Signal.CUT_ANSWER, Signal.CUT_WRITE)) {
        cells.add(new CrashCell(cut, Point.CLAIMING, fault, false));
        cells.add(new CrashCell(cut, Point.ANSWERED, fault, false));
      }
    }
    return cells;
  }

  /** Every point under a primary that is lost; what the API does matters where it is yet to act. */
  static List<CrashCell> failovers() {
    List<CrashCell> cells = new ArrayList<>();
    for (Signal signal : EnumSet.range(Signal.PRIMARY, Signal.FROZEN_NODE)) {
      for (Point point : Point.values()) {
        cells.add(new CrashCell(signal, point, Fault.NONE, false));
      }
      cells.add(new CrashCell(signal, Point.ARRIVED, Fault.LOST, false));
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
      case STARTED, RECORDED, ENDED -> EnumSet.of(Fault.NONE);
    };
  }

  @Override
  public String toString() {
    return signal + " " + point + " " + fault + (second ? " twice" : "");
  }
}
