package dev.pawl.model;

/**
 * Why a method, a step or a call failed, as a stable word that clients may switch on. The gRPC code
 * that goes with each is its {@link #code()}.
 */
public enum Reason {
  /** The API refused the request (a documented 4xx); nothing was made. */
  API_REFUSED(Code.FAILED_PRECONDITION),
  /** The API refused the credential (401, 403); nothing was made. */
  API_UNAUTHENTICATED(Code.PERMISSION_DENIED),
  /** The API asked for fewer requests (429). */
  RATE_LIMITED(Code.UNAVAILABLE),
  /** The API could not be reached; nothing was sent. */
  UNREACHABLE(Code.UNAVAILABLE),
  /** The API failed (5xx, timeout, an answer that cannot be read) on a request without effect. */
  UNAVAILABLE(Code.UNAVAILABLE),
  /** Whether the stored resource still exists could not be found out, so nothing was sent. */
  VERIFY_UNKNOWN(Code.UNAVAILABLE),
  /** A create was sent and its outcome is not known and could not be resolved. */
  IN_DOUBT(Code.FAILED_PRECONDITION),
  /** Another holder has the claim and did not finish within the time allowed. */
  CLAIM_HELD(Code.ABORTED),
  /** The claim or generation used is no longer the valid one. */
  CLAIM_STALE(Code.ABORTED),
  /** The object found is owned by another resource key. */
  EXTERNAL_ID_OWNED(Code.FAILED_PRECONDITION),
  /** The stored resource belongs to another account than the connection's. */
  ACCOUNT_MISMATCH(Code.FAILED_PRECONDITION),
  /** The object existed before the send and {@code adopt} is {@code never}. */
  ALREADY_EXISTS(Code.ALREADY_EXISTS),
  /** The resource was deleted on record after this run or request began. */
  DELETED_AFTER_START(Code.FAILED_PRECONDITION),
  /** The stored resource was made with other arguments and {@code onChange} is {@code fail}. */
  ARGUMENTS_CHANGED(Code.FAILED_PRECONDITION),
  /** There is no stored resource to act on. */
  NOT_FOUND(Code.NOT_FOUND),
  /** The API has no object of the id that was given. */
  OBJECT_NOT_FOUND(Code.NOT_FOUND),
  /** The model offers no way to do this: no list, no item GET. */
  UNSUPPORTED_BY_MODEL(Code.FAILED_PRECONDITION),
  /** No {@code --connection} says where this model's API lives. */
  NO_CONNECTION(Code.FAILED_PRECONDITION),
  /** A file in the workspace can't be kept: a link to outside, a special or unreadable file. */
  WORKSPACE_REFUSED(Code.FAILED_PRECONDITION),
  /** The files of a run were asked for where there is no run. */
  NO_WORKSPACE(Code.FAILED_PRECONDITION),
  /** Arguments do not fit the method's schema. */
  INVALID_ARGUMENTS(Code.INVALID_ARGUMENT),
  /** A value, file or answer is over its limit. */
  LIMIT_EXCEEDED(Code.RESOURCE_EXHAUSTED),
  /** The step's, run's or call's own time ran out. */
  DEADLINE(Code.DEADLINE_EXCEEDED),
  /** The run was cancelled. */
  CANCELLED(Code.CANCELLED),
  /** The resource came up in a failed state. */
  NOT_READY(Code.FAILED_PRECONDITION),
  /** A check of the workflow's own came out false. */
  ASSERTION_FAILED(Code.FAILED_PRECONDITION),
  /** The server's settings do not allow it. */
  NOT_ALLOWED(Code.PERMISSION_DENIED),
  /** A program ended with a status that does not count as success. */
  COMMAND_FAILED(Code.FAILED_PRECONDITION),
  /** The model's code threw something it does not declare. */
  MODEL_ERROR(Code.INTERNAL);

  /** The gRPC status codes in use; spelt here so that models need no gRPC on their class path. */
  public enum Code {
    INVALID_ARGUMENT,
    NOT_FOUND,
    ALREADY_EXISTS,
    PERMISSION_DENIED,
    RESOURCE_EXHAUSTED,
    FAILED_PRECONDITION,
    ABORTED,
    UNAVAILABLE,
    DEADLINE_EXCEEDED,
    CANCELLED,
    INTERNAL
  }

  private final Code code;

  Reason(Code code) {
    this.code = code;
  }

  public Code code() {
    return code;
  }
}
