package dev.pawl.codegen.overrides;

import dev.pawl.codegen.ir.Verify;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.SoftDelete;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a person says about one resource. What is empty stays as inferred.
 *
 * @param line where it begins in the file
 * @param exclude whether it gets no model
 * @param name its kind from now on
 * @param idPointer from the create's answer to the key
 * @param operations {@code get}, {@code list}, {@code update} or {@code delete} → an operation such
 *     as {@code GET /pets/{id}}; {@code none} where there shall be none
 * @param reconcile how a create in doubt is resolved
 * @param verify how a stored one is confirmed
 * @param readiness when a made one may be used
 * @param softDelete when a shown one counts as gone
 * @param secrets arguments that are never stored
 */
public record ResourceOverride(
    int line,
    boolean exclude,
    Optional<String> name,
    Optional<String> idPointer,
    Map<String, String> operations,
    Optional<ReconcileOverride> reconcile,
    Optional<Verify> verify,
    Optional<Readiness> readiness,
    Optional<SoftDelete> softDelete,
    Optional<Set<String>> secrets) {
  /** In {@link #operations}: there shall be none. */
  public static final String NONE = "none";

  public ResourceOverride {
    operations = Map.copyOf(operations);
  }

  /** The strategies as the file names them. */
  public enum Strategy {
    KEY,
    CLIENT_ID,
    MARKER,
    NATURAL_KEY,
    NONE
  }

  /**
   * A strategy and what it needs.
   *
   * @param strategy its name
   * @param header for KEY
   * @param field for MARKER, a JSON pointer
   * @param shape for MARKER, {@code STRINGS} or {@code MAP}
   * @param fields for NATURAL_KEY, JSON pointers
   * @param createdAt for NATURAL_KEY, a JSON pointer; may be empty
   */
  public record ReconcileOverride(
      Strategy strategy,
      String header,
      String field,
      String shape,
      List<String> fields,
      String createdAt) {
    public ReconcileOverride {
      fields = List.copyOf(fields);
    }
  }
}
