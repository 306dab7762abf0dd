package dev.pawl.model.rest;

import dev.pawl.model.MethodException;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;

/** One request without effect. */
final class ReadApi {
  private ReadApi() {}

  /**
   * Reads.
   *
   * @throws MethodException UNREACHABLE or UNAVAILABLE when there was no answer
   */
  static ApiResponse read(Connection connection, ApiRequest request)
      throws MethodException, InterruptedException {
    SendOutcome outcome = connection.send(request, SendGuard.NONE);
    if (Thread.interrupted()) {
      throw new InterruptedException("cancelled during " + request.describe());
    }
    if (outcome instanceof SendOutcome.Answered answered) {
      return answered.response();
    }
    if (outcome instanceof SendOutcome.NeverSent never) {
      throw MethodException.notMade(ApiFailures.neverSent(request, never.cause()));
    }
    SendOutcome.Lost lost = (SendOutcome.Lost) outcome;
    throw MethodException.notMade(ApiFailures.lost(request, lost.cause()));
  }
}
