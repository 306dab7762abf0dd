package dev.pawl.conformance;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the creates that leave for the API. */
final class RecordingConnection implements Connection {
  private final Connection to;
  private final String method;
  private final AtomicInteger sent = new AtomicInteger();

  /**
   * @param to where requests go
   * @param method the create's; reads and changes of the same method are none of the checks'
   */
  RecordingConnection(Connection to, String method) {
    this.to = to;
    this.method = method;
  }

  int sent() {
    return sent.get();
  }

  @Override
  public String name() {
    return to.name();
  }

  @Override
  public String baseUrl() {
    return to.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return to.params();
  }

  @Override
  public String account() {
    return to.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    SendOutcome outcome = to.send(request, guard);
    if (request.method().equals(method) && !(outcome instanceof SendOutcome.NeverSent)) {
      sent.incrementAndGet();
    }
    return outcome;
  }
}
