package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.FieldDifference;
import dev.pawl.model.ResourceKey;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with one resource, or with an object that none owns.
 *
 * @param key null where there is none
 * @param externalIds the objects concerned
 * @param differs for CHANGED
 * @param message the same in words, with the way out
 */
public record AuditFinding(
    Kind kind,
    @Nullable ResourceKey key,
    String modelType,
    List<String> externalIds,
    List<FieldDifference> differs,
    String message) {

  /** What is wrong. */
  public enum Kind {
    /** Several objects exist for one key. */
    DUPLICATE,
    /** It is stored as PRESENT, and the API no longer has it. */
    LOST,
    /** An object carries a marker of Pawl's and no key owns it. */
    UNOWNED,
    /** What became of a create is not known. */
    IN_DOUBT,
    /** The API shows it otherwise than it is stored. */
    CHANGED,
    /** The API could not be asked. */
    UNKNOWN
  }

  public AuditFinding {
    requireNonNull(kind, "kind");
    requireNonNull(modelType, "modelType");
    externalIds = List.copyOf(externalIds);
    differs = List.copyOf(differs);
    requireNonNull(message, "message");
  }

  static AuditFinding of(Kind kind, ResourceKey key, List<String> externalIds, String message) {
    return new AuditFinding(kind, key, key.modelType(), externalIds, List.of(), message);
  }
}
