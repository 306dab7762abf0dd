package dev.pawl.codegen.ir;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.model.rest.IdentityPart;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The operation that a create answers with, instead of what it makes or beside it.
 *
 * @param get reads it
 * @param resultPointer from what {@code get} answers to the operation
 * @param answerPointer from the create's answer to the operation; empty for the whole answer
 * @param identity where each path parameter of {@code get} comes from
 * @param statusPointer from the operation to its status
 * @param done statuses that mean that it has ended well
 * @param failed statuses that mean that it has made nothing
 * @param errorPointer from the operation to what went wrong; may be empty
 * @param key where the operation says what it made, for the item path's own parameter; empty where
 *     it does not, or where the create's answer does
 */
public record LongRunning(
    ApiOperation get,
    String resultPointer,
    String answerPointer,
    List<IdentityPart> identity,
    String statusPointer,
    Set<String> done,
    Set<String> failed,
    String errorPointer,
    Optional<IdentityPart> key) {
  public LongRunning {
    identity = List.copyOf(identity);
    done = Set.copyOf(done);
    failed = Set.copyOf(failed);
  }
}
