package dev.pawl.model.rest;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;

/** A connection whose process ends after a request, before anything is written down about it. */
final class DiesAfter implements Connection {
  private final Connection real;
  private final String method;

  DiesAfter(Connection real, String method) {
    this.real = real;
    this.method = method;
  }

  /** The end of the process. */
  static final class Death extends Error {
    private static final long serialVersionUID = 1;
  }

  @Override
  public String name() {
    return real.name();
  }

  @Override
  public String baseUrl() {
    return real.baseUrl();
  }

  @Override
  public String account() {
    return real.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    SendOutcome outcome = real.send(request, guard);
    if (request.method().equals(method)) {
      throw new Death();
    }
    return outcome;
  }
}
