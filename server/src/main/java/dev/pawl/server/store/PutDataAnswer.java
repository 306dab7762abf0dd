package dev.pawl.server.store;

import dev.pawl.model.data.StoredResource;

/** What came of storing data by hand. */
public sealed interface PutDataAnswer {
  /** It is stored. */
  record Stored(StoredResource row) implements PutDataAnswer {}

  /** Its key is known: nothing was stored. */
  record Known(KnownKey first) implements PutDataAnswer {}

  /** Somebody holds the row, it is in doubt, or it is not at the expected version. */
  record Refused(StoredResource row) implements PutDataAnswer {}
}
