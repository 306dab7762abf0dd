package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Set;

/**
 * The operation (a job, a task) that a create answers with instead of what it makes, or beside it,
 * and that is asked until it has ended.
 *
 * @param get reads the operation; its {@code resultPointer} leads to the operation itself
 * @param answerPointer from the create's answer to the operation; empty for the whole answer
 * @param identity where each path parameter of {@code get} comes from: the operation as the create
 *     answers it (OPERATION), the rest of that answer (RESPONSE), the arguments (REQUEST), or a
 *     header that points at the operation (LOCATION: {@code Operation-Location}, {@code
 *     Azure-AsyncOperation} or {@code Location})
 * @param statusPointer from the operation to its status
 * @param done statuses that mean that it has ended well, in any case of letters. One that is in
 *     neither set means: not yet
 * @param failed statuses that mean that it has ended, and made nothing
 * @param errorPointer from the operation to what went wrong; where no status means that it failed,
 *     anything there but null, false or an empty value does; empty where no such field is known
 */
public record BegunOperation(
    Operation get,
    String answerPointer,
    List<IdentityPart> identity,
    String statusPointer,
    Set<String> done,
    Set<String> failed,
    String errorPointer) {
  public BegunOperation {
    requireNonNull(get, "get");
    requireNonNull(answerPointer, "answerPointer");
    identity = List.copyOf(identity);
    requireNonNull(statusPointer, "statusPointer");
    done = Set.copyOf(done);
    failed = Set.copyOf(failed);
    requireNonNull(errorPointer, "errorPointer");
  }

  boolean isDone(String status) {
    return done.stream().anyMatch(status::equalsIgnoreCase);
  }

  boolean isFailed(String status) {
    return failed.stream().anyMatch(status::equalsIgnoreCase);
  }
}
