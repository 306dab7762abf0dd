package dev.pawl.campaign.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** An object that the API made, for ever in its ledger. */
public final class Thing {
  private final String id;
  private final @Nullable Sent from;
  private final Instant madeAt;
  final ObjectNode body;
  final boolean showsTags;
  @Nullable Instant removedAt;

  Thing(String id, @Nullable Sent from, Instant madeAt, ObjectNode body, boolean showsTags) {
    this.id = id;
    this.from = from;
    this.madeAt = madeAt;
    this.body = body;
    this.showsTags = showsTags;
  }

  public String id() {
    return id;
  }

  /** The create that made it; null where somebody else did. */
  public @Nullable Sent from() {
    return from;
  }

  public Instant madeAt() {
    return madeAt;
  }

  /** When it was removed; null while it lives. */
  public @Nullable Instant removedAt() {
    return removedAt;
  }

  public boolean livesAt(Instant now) {
    return !madeAt.isAfter(now) && (removedAt == null || removedAt.isAfter(now));
  }

  @Override
  public String toString() {
    return id + (from == null ? " of a stranger" : " of " + from) + " made " + madeAt;
  }
}
