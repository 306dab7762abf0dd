package dev.pawl.server.api.error;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.failure.StoreUnavailable;
import dev.pawl.server.language.InvalidInputs;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.Problem;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ToStatusTest {
  private static final class Away extends StoreUnavailable {
    private static final long serialVersionUID = 1;

    Away() {
      super("the pool is empty", null);
    }
  }

  static Stream<Arguments> throwables() {
    Failure refused =
        Failure.of(Reason.API_REFUSED, "size is wrong").withRequest("POST /v2/vpcs", 422);
    return Stream.of(
        Arguments.of(
            ServerFailure.of(Reason.Code.NOT_FOUND, "RUN_NOT_FOUND", "no run r1"),
            Status.Code.NOT_FOUND,
            "RUN_NOT_FOUND",
            "no run r1"),
        Arguments.of(
            ServerFailure.of(Reason.Code.FAILED_PRECONDITION, "NOT_IMPLEMENTED", "not yet"),
            Status.Code.UNIMPLEMENTED,
            "NOT_IMPLEMENTED",
            "not yet"),
        Arguments.of(
            MethodException.notMade(refused),
            Status.Code.FAILED_PRECONDITION,
            "API_REFUSED",
            "POST /v2/vpcs: size is wrong"),
        Arguments.of(
            new InvalidWorkflow(List.of(new Problem("w.yaml", 3, 5, "spec", "is odd", "even"))),
            Status.Code.INVALID_ARGUMENT,
            "INVALID_WORKFLOW",
            "the workflow has a problem"),
        Arguments.of(
            new InvalidInputs(List.of(new dev.pawl.server.language.Violation("inputs.a", "bad"))),
            Status.Code.INVALID_ARGUMENT,
            "INVALID_INPUTS",
            "an input does not fit"),
        Arguments.of(
            new LimitExceeded("workflow file size", "w.yaml has 9 bytes; 8 are allowed"),
            Status.Code.RESOURCE_EXHAUSTED,
            "LIMIT_EXCEEDED",
            "w.yaml has 9 bytes; 8 are allowed"),
        Arguments.of(
            new NotImplemented("SkipStep", "retry instead"),
            Status.Code.UNIMPLEMENTED,
            "NOT_IMPLEMENTED",
            "SkipStep is not offered by this version of the server; retry instead"),
        Arguments.of(
            new IllegalArgumentException("too long"),
            Status.Code.INVALID_ARGUMENT,
            "INVALID_FIELD",
            "too long"),
        Arguments.of(
            new InterruptedException(),
            Status.Code.UNAVAILABLE,
            "SHUTTING_DOWN",
            "this server is stopping"),
        Arguments.of(
            new IllegalStateException(new SQLTransientConnectionException("pool timeout")),
            Status.Code.UNAVAILABLE,
            "DATABASE_UNAVAILABLE",
            "repeating the call is safe"),
        Arguments.of(
            new SQLException("terminating connection", "57P01"),
            Status.Code.UNAVAILABLE,
            "DATABASE_UNAVAILABLE",
            "repeating the call is safe"),
        Arguments.of(
            new IllegalStateException(
                new SQLException("cannot execute INSERT in a read-only transaction", "25006")),
            Status.Code.UNAVAILABLE,
            "DATABASE_UNAVAILABLE",
            "repeating the call is safe"),
        Arguments.of(
            new Away(),
            Status.Code.UNAVAILABLE,
            "DATABASE_UNAVAILABLE",
            "repeating the call is safe"));
  }

  @ParameterizedTest
  @MethodSource("throwables")
  void everyFailureHasItsCodeReasonAndSentence(
      Throwable thrown, Status.Code code, String reason, String message) throws Exception {
    StatusRuntimeException status = ToStatus.of("Test", thrown);

    assertThat(status.getStatus().getCode()).isEqualTo(code);
    assertThat(info(status).getReason()).isEqualTo(reason);
    assertThat(info(status).getDomain()).isEqualTo("pawl.dev");
    assertThat(status.getStatus().getDescription()).contains(message);
  }

  @Test
  void theUnforeseenTellsNothingButItsIncident() throws Exception {
    StatusRuntimeException status =
        ToStatus.of("Test", new IllegalStateException("password=hunter2"));

    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(StatusProto.fromThrowable(status).toString()).doesNotContain("hunter2");
    String incident = info(status).getMetadataOrThrow("incident");
    assertThat(status.getStatus().getDescription()).contains(incident);
  }

  @Test
  void violationsCarryPlaceAndSuggestion() throws Exception {
    StatusRuntimeException status =
        ToStatus.of(
            "Test",
            new InvalidWorkflow(
                List.of(
                    new Problem("w.yaml", 3, 5, "spec.steps[0]", "'modle' is not known", "model"),
                    new Problem("w.yaml", 9, 1, "", "a cycle", null))));

    BadRequest fields = StatusProto.fromThrowable(status).getDetails(1).unpack(BadRequest.class);
    assertThat(fields.getFieldViolations(0).getField()).isEqualTo("w.yaml:3:5");
    assertThat(fields.getFieldViolations(0).getDescription())
        .isEqualTo("spec.steps[0]: 'modle' is not known; did you mean 'model'?");
    assertThat(fields.getFieldViolations(1).getField()).isEqualTo("w.yaml:9:1");
    assertThat(fields.getFieldViolations(1).getDescription()).isEqualTo("a cycle");
  }

  @Test
  void trailersStayWithinWhatClientsAccept() throws Exception {
    List<Violation> many =
        IntStream.range(0, 500)
            .mapToObj(i -> new Violation("w.yaml:" + i + ":1", "\u00e9".repeat(60), "x"))
            .toList();
    ServerFailure failure =
        new ServerFailure(
                Reason.Code.INVALID_ARGUMENT, "INVALID_WORKFLOW", "\u00fc%\n".repeat(5000), many)
            .with(Map.of("limit", "y".repeat(5000)));

    StatusRuntimeException status = ToStatus.of("Test", failure);

    Metadata trailers = status.getTrailers();
    assertThat(trailers).isNotNull();
    byte[] details =
        trailers.get(Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER));
    String message = String.valueOf(status.getStatus().getDescription());
    int encoded = message.codePoints().map(c -> c < 128 && c != '%' && c != '\n' ? 1 : 9).sum();
    assertThat(details.length * 4 / 3 + encoded).isLessThan(7500);
    BadRequest fields = StatusProto.fromThrowable(status).getDetails(1).unpack(BadRequest.class);
    assertThat(fields.getFieldViolationsList()).hasSizeGreaterThan(10);
    assertThat(fields.getFieldViolationsList().getLast().getDescription())
        .contains("more; ValidateWorkflow lists them all");
  }

  private static ErrorInfo info(StatusRuntimeException status) throws Exception {
    return StatusProto.fromThrowable(status).getDetails(0).unpack(ErrorInfo.class);
  }
}
