package dev.pawl.campaign.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with one create.
 *
 * @param commitAfter how long after its arrival the object is made; null: never
 * @param ending what the caller gets
 * @param status of the answer, where {@code ending} has one
 */
public record PostFault(@Nullable Duration commitAfter, Ending ending, int status) {
  /** What the caller gets. */
  public enum Ending {
    /** The answer that a made object has, with {@code status}. */
    MADE,
    /** {@code status} with a message in JSON. */
    STATUS,
    /** {@code status} with {@code Retry-After: 3}. */
    RETRY_AFTER,
    /** {@code status} with a page, as proxies give it. */
    HTML,
    /** 201, cut in the middle of the JSON. */
    TRUNCATED,
    /** 201, without an id. */
    NO_ID,
    /** The connection breaks. */
    LOST,
    /** Nothing reaches the API. */
    UNREACHABLE
  }

  public PostFault {
    requireNonNull(ending, "ending");
  }

  /** Never made. */
  public static PostFault never(Ending ending, int status) {
    return new PostFault(null, ending, status);
  }

  /** Made at once. */
  public static PostFault made(Ending ending, int status) {
    return new PostFault(Duration.ZERO, ending, status);
  }

  /** Made later, and nobody hears of it. */
  public static PostFault late(Duration after) {
    return new PostFault(after, Ending.LOST, 0);
  }
}
