package dev.pawl.server.api.error;

import com.google.protobuf.Any;
import com.google.rpc.BadRequest;
import com.google.rpc.BadRequest.FieldViolation;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import dev.pawl.server.failure.ServerFailure.Violation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes {@code google.rpc.Status} messages that fit into trailers: clients refuse more than 8 KiB
 * of them by default, and a refused trailer hides every problem instead of some.
 */
final class ErrorDetails {
  static final String DOMAIN = "pawl.dev";

  /** The message travels twice: once percent-encoded, once inside the details. */
  static final int MESSAGE_BYTES = 1200;

  /** With violations beside it the message need not hold them too. */
  static final int HEADLINE_BYTES = 400;

  static final int VALUE_BYTES = 300;

  /** Base64 makes four bytes of three. */
  static final int DETAILS_BYTES = 4200;

  private ErrorDetails() {}

  static Status status(
      Code code,
      String reason,
      String message,
      List<Violation> violations,
      Map<String, String> metadata) {
    ErrorInfo.Builder info = ErrorInfo.newBuilder().setDomain(DOMAIN).setReason(reason);
    new TreeMap<>(metadata).forEach((k, v) -> info.putMetadata(k, cut(v, VALUE_BYTES)));
    Status.Builder status =
        Status.newBuilder()
            .setCode(code.getNumber())
            .setMessage(cut(message, violations.isEmpty() ? MESSAGE_BYTES : HEADLINE_BYTES))
            .addDetails(Any.pack(info.build()));
    if (!violations.isEmpty()) {
      int room = DETAILS_BYTES - status.build().getSerializedSize();
      status.addDetails(Any.pack(badRequest(violations, room)));
    }
    return status.build();
  }

  private static BadRequest badRequest(List<Violation> violations, int room) {
    BadRequest.Builder out = BadRequest.newBuilder();
    int used = 0;
    for (Violation violation : violations) {
      FieldViolation next = field(violation);
      used += next.getSerializedSize() + 4;
      if (used > room && out.getFieldViolationsCount() > 0) {
        int left = violations.size() - out.getFieldViolationsCount();
        return out.addFieldViolations(
                FieldViolation.newBuilder()
                    .setField("")
                    .setDescription("and " + left + " more; ValidateWorkflow lists them all"))
            .build();
      }
      out.addFieldViolations(next);
    }
    return out.build();
  }

  private static FieldViolation field(Violation violation) {
    String meant =
        violation.suggestion().isEmpty() || violation.message().contains("did you mean")
            ? ""
            : "; did you mean '" + violation.suggestion() + "'?";
    return FieldViolation.newBuilder()
        .setField(cut(violation.field(), VALUE_BYTES))
        .setDescription(cut(violation.message(), MESSAGE_BYTES) + meant)
        .build();
  }

  /** Cuts to a number of bytes as they travel percent-encoded, and says so. */
  static String cut(String text, int bytes) {
    int used = 0;
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      String character = Character.toString(point);
      boolean plain = point >= ' ' && point < 127 && point != '%';
      used += plain ? 1 : 3 * character.getBytes(StandardCharsets.UTF_8).length;
      if (used > bytes) {
        return text.substring(0, i) + "...";
      }
      i += character.length();
    }
    return text;
  }
}
