package dev.pawl.codegen.overrides;

import dev.pawl.codegen.ir.Verify;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.PathValue;
import dev.pawl.model.rest.Readiness;
import dev.pawl.model.rest.RequestToken;
import dev.pawl.model.rest.SoftDelete;
import java.time.Duration;
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
 * @param key where the key comes from
 * @param pathValue what of the key the item path takes
 * @param operations {@code create}, {@code get}, {@code list}, {@code update} or {@code delete} →
 *     an operation such as {@code GET /pets/{id}}; {@code none} where there shall be none
 * @param reconcile how a create in doubt is resolved
 * @param verify how a stored one is confirmed
 * @param operation what its create answers with
 * @param readiness when a made one may be used
 * @param softDelete when a shown one counts as gone
 * @param secrets arguments that are never stored
 * @param shownOnce members of the state that only the create's answer shows
 * @param headers sent with every request of the resource
 */
public record ResourceOverride(
    int line,
    boolean exclude,
    Optional<String> name,
    Optional<Key> key,
    Optional<PathValue> pathValue,
    Map<String, String> operations,
    Optional<ReconcileOverride> reconcile,
    Optional<Verify> verify,
    Optional<OperationOverride> operation,
    Optional<Readiness> readiness,
    Optional<SoftDelete> softDelete,
    Optional<Set<String>> secrets,
    Optional<Set<String>> shownOnce,
    Map<String, String> headers) {
  /** In {@link #operations}: there shall be none. */
  public static final String NONE = "none";

  public ResourceOverride {
    operations = Map.copyOf(operations);
    headers = Map.copyOf(headers);
  }

  /** The create that is said; empty where the inferred one stays. */
  public Optional<String> create() {
    return Optional.ofNullable(operations.get("create"));
  }

  /**
   * Where a key comes from.
   *
   * @param source where to look
   * @param pointer JSON pointer there; empty for the Location header
   */
  public record Key(IdentityPart.Source source, String pointer) {}

  /**
   * The operation that a create answers with.
   *
   * @param get the operation that reads it; {@code none} where there shall be none
   * @param answer from the create's answer to the operation; may be empty
   * @param id from the operation to what names it; empty where a header points at it
   * @param result from what {@code get} answers to the operation; may be empty
   * @param status from the operation to its status
   * @param done statuses that mean that it has ended well
   * @param failed statuses that mean that it has made nothing
   * @param error from the operation to what went wrong; may be empty
   * @param key from the operation to the key of what it made; empty where the create's answer has
   *     it
   */
  public record OperationOverride(
      String get,
      String answer,
      String id,
      String result,
      String status,
      Set<String> done,
      Set<String> failed,
      String error,
      String key) {
    public OperationOverride {
      done = Set.copyOf(done);
      failed = Set.copyOf(failed);
    }
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
   * @param token for KEY
   * @param field for MARKER, a JSON pointer
   * @param shape for MARKER, {@code STRINGS} or {@code MAP}
   * @param fields for NATURAL_KEY, JSON pointers
   * @param createdAt for NATURAL_KEY, a JSON pointer; may be empty
   * @param lifetime for KEY, how long the API keeps a token; empty: the default
   */
  public record ReconcileOverride(
      Strategy strategy,
      Optional<RequestToken> token,
      String field,
      String shape,
      List<String> fields,
      String createdAt,
      Optional<Duration> lifetime) {
    public ReconcileOverride {
      fields = List.copyOf(fields);
    }
  }
}
