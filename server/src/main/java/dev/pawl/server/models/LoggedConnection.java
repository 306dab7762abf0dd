package dev.pawl.server.models;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * A connection that tells a step's log what went out and what came back: whatever may have had an
 * effect, and reads that did not succeed. Other reads are told to the server's log only, at DEBUG.
 */
record LoggedConnection(Connection open, Logger log) implements Connection {
  private static final Set<String> READS = Set.of("GET", "HEAD");

  @Override
  public String name() {
    return open.name();
  }

  @Override
  public String baseUrl() {
    return open.baseUrl();
  }

  @Override
  public Map<String, String> params() {
    return open.params();
  }

  @Override
  public String account() {
    return open.account();
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    long from = System.nanoTime();
    SendOutcome outcome = open.send(request, guard);
    long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - from);
    if (outcome instanceof SendOutcome.Answered answered) {
      boolean quiet = READS.contains(request.method()) && answered.response().isSuccess();
      log.atLevel(quiet ? Level.DEBUG : Level.INFO)
          .log("{}: {} in {} ms", request.describe(), answered.response().status(), took);
    } else if (outcome instanceof SendOutcome.NeverSent never) {
      log.warn("{}: not sent: {}", request.describe(), never.cause().getMessage());
    } else if (outcome instanceof SendOutcome.Lost lost) {
      log.warn(
          "{}: no complete answer within {} ms: {}",
          request.describe(),
          took,
          lost.cause().getMessage());
    }
    return outcome;
  }
}
