package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

import java.util.List;

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
 * @param state from the operation to what says whether it has ended. Every value but those that
 *     mean <em>not yet</em> and <em>failed</em> means that it has ended well
 * @param errorPointer from the operation to what went wrong: anything there but null, false or an
 *     empty value means that it failed; empty where no such field is known
 */
public record BegunOperation(
    Operation get,
    String answerPointer,
    List<IdentityPart> identity,
    Readiness state,
    String errorPointer) {
  public BegunOperation {
    requireNonNull(get, "get");
    requireNonNull(answerPointer, "answerPointer");
    identity = List.copyOf(identity);
    requireNonNull(state, "state");
    requireNonNull(errorPointer, "errorPointer");
  }
}
