package dev.pawl.campaign.process;

/**
 * What happens to a process.
 *
 * @param process the number of the process, from 1
 * @param event the event of that process at which it happens, from 1
 * @param kind what happens
 * @param until for those that wake: the event of the next process at which they do; beyond its last
 *     one: when that has ended. For DELETES: the number of the step
 */
public record Trouble(int process, int event, Kind kind, int until) {
  /** What happens. */
  public enum Kind {
    /** It is killed. */
    DIES,
    /** It is stopped (SIGSTOP) and wakes after its lease, beside its successor. */
    STOPS,
    /** Its machine is suspended: as stopped, and its own clock stands still meanwhile. */
    SUSPENDED,
    /** The store fails here and the process lives; elsewhere nothing happens. */
    STORE_FAILS,
    /** The caller is cancelled. */
    CANCELLED,
    /** Somebody deletes the resource of a step through Pawl. */
    DELETES;

    /** Whether a second process runs beside the one it happens to. */
    public boolean needsAnother() {
      return this == STOPS || this == SUSPENDED || this == DELETES;
    }
  }

  public static Trouble dies(int process, int event) {
    return new Trouble(process, event, Kind.DIES, 0);
  }
}
