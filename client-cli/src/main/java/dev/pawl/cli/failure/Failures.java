package dev.pawl.cli.failure;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one road from a throwable to a {@link Failure}. */
public final class Failures {
  private Failures() {}

  public static Failure of(Throwable thrown) {
    return switch (thrown) {
      case CliException e -> e.failure();
      case StatusRuntimeException e -> ofCall(e);
      case NoSuchFileException e -> Failure.of("NOT_FOUND", "FILE", "no such file: " + e.getFile());
      case AccessDeniedException e ->
          Failure.of("PERMISSION_DENIED", "FILE", "not allowed to open " + e.getFile());
      case IOException e -> Failure.of("UNAVAILABLE", "IO", sentence(e));
      case InterruptedException e -> Failure.of("CANCELLED", "INTERRUPTED", "interrupted");
      default ->
          Failure.of("INTERNAL", "INTERNAL", sentence(thrown))
              .withHints("this is a defect of Pawl; PAWL_DEBUG=1 prints where it happened");
    };
  }

  private static Failure ofCall(StatusRuntimeException e) {
    String code = e.getStatus().getCode().name();
    Status status = StatusProto.fromThrowable(e);
    String message =
        Optional.ofNullable(e.getStatus().getDescription()).orElse("the call ended with " + code);
    String reason = code;
    List<Violation> violations = new ArrayList<>();
    if (status != null) {
      for (Any detail : status.getDetailsList()) {
        reason = unpack(detail, ErrorInfo.class).map(ErrorInfo::getReason).orElse(reason);
        unpack(detail, BadRequest.class)
            .ifPresent(
                request ->
                    request
                        .getFieldViolationsList()
                        .forEach(
                            v -> violations.add(new Violation(v.getField(), v.getDescription()))));
      }
    }
    return Failure.of(code, reason, message).withViolations(violations);
  }

  private static <T extends com.google.protobuf.Message> Optional<T> unpack(
      Any detail, Class<T> type) {
    try {
      return detail.is(type) ? Optional.of(detail.unpack(type)) : Optional.empty();
    } catch (InvalidProtocolBufferException e) {
      // A detail that can't be read is a detail less; the status itself still speaks.
      return Optional.empty();
    }
  }

  private static String sentence(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }
}
