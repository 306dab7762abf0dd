package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.core.Secrets;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.ApiFailures;

/** Reads: sends a request without effect, and fails unless the answer is an expected one. */
final class ReadRequest {
  private final HttpCall call;
  private final Transport transport;

  ReadRequest(HttpCall call, Transport transport) {
    this.call = call;
    this.transport = transport;
  }

  MethodResult run() throws MethodException, InterruptedException {
    ApiRequest request = Transport.request(call);
    SendOutcome outcome = transport.read(call);
    if (outcome instanceof SendOutcome.NeverSent never) {
      throw failed(ApiFailures.neverSent(request, never.cause()));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      throw failed(ApiFailures.lost(request, lost.cause()));
    }
    ApiResponse response = ((SendOutcome.Answered) outcome).response();
    if (!call.expects(response.status())) {
      throw failed(Unexpected.answer(call, request, response));
    }
    ObjectNode output = Answers.output(call.address().shown(), response);
    if (Answers.isTooLarge(output)) {
      throw Refused.because(
          Reason.LIMIT_EXCEEDED,
          request.describe()
              + " was answered with more than the limit of "
              + Answers.LIMIT
              + " bytes; ask for less, such as a page or a few fields");
    }
    return MethodResult.of(output, Outcome.EXECUTED);
  }

  private MethodException failed(Failure failure) {
    return MethodException.notMade(Secrets.scrub(failure, call.secrets()));
  }
}
