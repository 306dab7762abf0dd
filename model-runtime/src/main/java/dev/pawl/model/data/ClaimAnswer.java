package dev.pawl.model.data;

/** What came of a wish to claim. */
public sealed interface ClaimAnswer {
  /** The row as it stands after the answer. */
  StoredResource row();

  /** The claim is durable; the holder may act until its lease runs out. */
  record Granted(Claim claim, StoredResource row) implements ClaimAnswer {}

  /** Somebody else holds the claim and is alive. */
  record Held(StoredResource row) implements ClaimAnswer {}

  /** A send is unresolved: the row is IN_DOUBT (also when a holder's lease has run out). */
  record InDoubt(StoredResource row) implements ClaimAnswer {}

  /**
   * Another key has an open create of the same natural key, account and type.
   *
   * @param rival that key's row
   */
  record Rivalled(StoredResource row, StoredResource rival) implements ClaimAnswer {}

  /** The row is no longer as it was read: begin again with what it is now. */
  record Changed(StoredResource row) implements ClaimAnswer {}
}
