package dev.pawl.server.api.error;

import com.google.rpc.Code;
import com.google.rpc.Status;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.failure.StoreUnavailable;
import dev.pawl.server.language.InvalidInputs;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.LimitExceeded;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one road from a throwable to what a caller sees: a code, a reason, a sentence. What is not
 * foreseen becomes INTERNAL with an incident's number, under which the log has the rest; neither
 * stack traces nor the words of unforeseen exceptions leave the server.
 */
public final class ToStatus {
  private static final Logger LOG = LoggerFactory.getLogger(ToStatus.class);
  private static final String NOT_IMPLEMENTED = "NOT_IMPLEMENTED";
  private static final int DEEPEST_CAUSE = 10;

  private ToStatus() {}

  /**
   * What to end a call with.
   *
   * @param call the method's name, for the log
   */
  public static StatusRuntimeException of(String call, Throwable thrown) {
    return switch (thrown) {
      case StatusRuntimeException already -> already;
      case StatusException already -> already.getStatus().asRuntimeException(already.getTrailers());
      default -> StatusProto.toStatusRuntimeException(status(call, thrown));
    };
  }

  private static Status status(String call, Throwable thrown) {
    return switch (thrown) {
      case ServerFailure e ->
          ErrorDetails.status(code(e), e.reason(), words(e), e.violations(), e.metadata());
      case MethodException e -> failure(e.failure());
      case InvalidWorkflow e ->
          ErrorDetails.status(
              Code.INVALID_ARGUMENT,
              "INVALID_WORKFLOW",
              count(e.problems().size(), "the workflow has a problem", "problems in the workflow"),
              problems(e),
              Map.of());
      case InvalidInputs e ->
          ErrorDetails.status(
              Code.INVALID_ARGUMENT,
              "INVALID_INPUTS",
              count(e.violations().size(), "an input does not fit", "problems with the inputs"),
              e.violations().stream().map(v -> new Violation(v.path(), v.message(), "")).toList(),
              Map.of());
      case LimitExceeded e ->
          plain(Code.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED", words(e), Map.of("limit", e.limit()));
      case NotImplemented e -> plain(Code.UNIMPLEMENTED, NOT_IMPLEMENTED, words(e), Map.of());
      case IllegalArgumentException e ->
          plain(Code.INVALID_ARGUMENT, "INVALID_FIELD", words(e), Map.of());
      case InterruptedException e -> shuttingDown();
      default -> unforeseen(call, thrown);
    };
  }

  /** What a call gets that a stopping server no longer answers. */
  private static Status shuttingDown() {
    return plain(
        Code.UNAVAILABLE,
        "SHUTTING_DOWN",
        "this server is stopping; call again, and another replica or its successor will answer",
        Map.of());
  }

  private static Status failure(Failure failure) {
    String request = failure.request();
    String message =
        request == null || failure.message().contains(request)
            ? failure.message()
            : request + ": " + failure.message();
    return plain(code(failure.reason().code()), failure.reason().name(), message, Map.of());
  }

  private static Status unforeseen(String call, Throwable thrown) {
    if (isDatabaseAway(thrown)) {
      LOG.warn("{} answers UNAVAILABLE, the database can't be reached: {}", call, words(thrown));
      return plain(
          Code.UNAVAILABLE,
          "DATABASE_UNAVAILABLE",
          "the server can't reach its database; repeating the call is safe",
          Map.of());
    }
    String incident = UUID.randomUUID().toString();
    LOG.error("{} answers INTERNAL, incident {}", call, incident, thrown);
    return plain(
        Code.INTERNAL,
        "INTERNAL",
        "a defect of the server; its log has the details under incident " + incident,
        Map.of("incident", incident));
  }

  private static boolean isDatabaseAway(Throwable thrown) {
    Throwable cause = thrown;
    for (int i = 0; cause != null && i < DEEPEST_CAUSE; i++) {
      if (cause instanceof StoreUnavailable
          || cause instanceof SQLTransientConnectionException
          || cause instanceof SQLNonTransientConnectionException
          || cause instanceof SQLRecoverableException
          || (cause instanceof SQLException sql && isAway(sql.getSQLState()))) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  /**
   * Classes 08 (connection), 57P (shut down by an operator), 53300 (too many connections), 25006 (a
   * standby, where a failover is under way).
   */
  private static boolean isAway(@Nullable String state) {
    return state != null
        && (state.startsWith("08")
            || state.startsWith("57P")
            || state.equals("53300")
            || state.equals("25006"));
  }

  private static List<Violation> problems(InvalidWorkflow e) {
    return e.problems().stream()
        .map(
            p ->
                new Violation(
                    p.place(),
                    (p.path().isEmpty() ? "" : p.path() + ": ") + p.message(),
                    p.suggestion() == null ? "" : p.suggestion()))
        .toList();
  }

  private static Status plain(
      Code code, String reason, String message, Map<String, String> metadata) {
    return ErrorDetails.status(code, reason, message, List.of(), metadata);
  }

  /** What is not offered has no code of its own among those that models use. */
  private static Code code(ServerFailure failure) {
    return failure.reason().equals(NOT_IMPLEMENTED) ? Code.UNIMPLEMENTED : code(failure.code());
  }

  private static Code code(Reason.Code code) {
    return Code.valueOf(code.name());
  }

  private static String words(Throwable thrown) {
    return thrown.getMessage() == null ? thrown.getClass().getSimpleName() : thrown.getMessage();
  }

  private static String count(int count, String one, String many) {
    return count == 1 ? one : count + " " + many;
  }
}
