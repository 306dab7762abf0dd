package dev.pawl.server.store;

import dev.pawl.server.run.RunRecord;

/** What came of storing a run. */
public sealed interface StartAnswer {
  /** It is stored. */
  record Started(RunRecord run) implements StartAnswer {}

  /** Its key is known: nothing was stored. */
  record Known(KnownKey first) implements StartAnswer {}
}
