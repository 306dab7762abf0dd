package dev.pawl.campaign.api;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A create that reached the API. */
public final class Sent {
  private final int number;
  private final Instant at;
  private final String key;
  private final @Nullable String token;
  @Nullable Instant commitAt;
  @Nullable Thing made;
  @Nullable Sent replayOf;
  Reply.@Nullable Answered stored;

  Sent(int number, Instant at, String key, @Nullable String token) {
    this.number = number;
    this.at = at;
    this.key = key;
    this.token = token;
  }

  /** Which create of its key it is, from 1. */
  public int number() {
    return number;
  }

  public Instant at() {
    return at;
  }

  /** Whose create it is: the {@code step} in its body, which no read shows. */
  public String key() {
    return key;
  }

  public @Nullable String token() {
    return token;
  }

  /** When its object is or was made; null where it never is. */
  public @Nullable Instant commitAt() {
    return commitAt;
  }

  public @Nullable Thing made() {
    return made;
  }

  /** The create whose answer it was given again; null where it counts as one of its own. */
  public @Nullable Sent replayOf() {
    return replayOf;
  }

  @Override
  public String toString() {
    return "send " + number + " of " + key;
  }
}
