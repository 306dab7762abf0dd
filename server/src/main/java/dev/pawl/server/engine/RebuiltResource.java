package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.ResourceKey;
import java.util.List;

/**
 * What came of looking for one resource that a lost database knew.
 *
 * @param key its instance is empty where it could not be computed
 * @param externalIds the objects that are it, or may be
 * @param message the same in words, with the way out
 */
public record RebuiltResource(
    ResourceKey key, Result result, List<String> externalIds, String message) {

  /** What came of it. */
  public enum Result {
    /** Found by its marker, and stored unless it is a dry run. */
    FOUND,
    /** Every page was read and it is not there. */
    ABSENT,
    /** Several objects carry its marker. */
    AMBIGUOUS,
    /** Nothing can tell it from others. */
    UNSUPPORTED,
    /** It could not be found out. */
    UNKNOWN,
    /** It is stored already. */
    ALREADY_STORED,
    /** Objects of its identity exist, and nothing proves whose they are. */
    UNPROVEN
  }

  public RebuiltResource {
    requireNonNull(key, "key");
    requireNonNull(result, "result");
    externalIds = List.copyOf(externalIds);
    requireNonNull(message, "message");
  }
}
