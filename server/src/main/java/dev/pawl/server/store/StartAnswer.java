package dev.pawl.server.store;

import dev.pawl.server.run.RunRecord;

/** What came of storing a run. */
public sealed interface StartAnswer {
  /** It is stored. */
  record Started(RunRecord run) implements StartAnswer {}

  /**
   * Its key is known: nothing was stored.
   *
   * @param settled whether the run of that key has succeeded and lies where it was: nothing of it
   *     has changed since, or will
   */
  record Known(KnownKey first, boolean settled) implements StartAnswer {
    /** Of a run that is to be read. */
    public Known(KnownKey first) {
      this(first, false);
    }
  }

  /** Its workflow has a newer version than the one that was taken for the latest. */
  record Outdated() implements StartAnswer {}
}
