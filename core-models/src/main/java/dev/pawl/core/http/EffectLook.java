package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Secrets;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.ApiFailures;
import java.time.Duration;

/** Reads the author's {@code verifyUrl}: does the effect hold? */
final class EffectLook {
  private static final int TRIES = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  private final HttpCall call;
  private final Address verify;
  private final Transport transport;
  private final MethodContext context;

  EffectLook(HttpCall call, Address verify, Transport transport, MethodContext context) {
    this.call = call;
    this.verify = verify;
    this.transport = transport;
    this.context = context;
  }

  /** What the look shows. */
  sealed interface Seen {
    /** What the request is for is so. */
    record Holds(ObjectNode output) implements Seen {}

    /** It is not so, in the API's own words. */
    record HoldsNot(String how) implements Seen {}

    /** Nothing can be told. */
    record Unknown(Failure failure) implements Seen {}
  }

  /** Looks, up to three times while nothing can be told. */
  Seen run() throws InterruptedException {
    Seen last = once();
    Duration backoff = FIRST_BACKOFF;
    for (int tries = 1; tries < TRIES && last instanceof Seen.Unknown; tries++) {
      context.waitingFor("verifyUrl to say whether " + call.method() + " has happened");
      context.pacer().pause(backoff);
      backoff = backoff.multipliedBy(2);
      last = once();
    }
    return last;
  }

  private Seen once() throws InterruptedException {
    ApiRequest request = Transport.verify(call, verify, context.timing().readTimeout());
    SendOutcome outcome = transport.exchange(request, SendGuard.NONE);
    if (outcome instanceof SendOutcome.NeverSent never) {
      return unknown(ApiFailures.neverSent(request, never.cause()));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      return unknown(ApiFailures.lost(request, lost.cause()));
    }
    ApiResponse response = ((SendOutcome.Answered) outcome).response();
    String said = request.describe() + " was answered " + response.status();
    if (response.isSuccess()) {
      return call.removes() ? new Seen.HoldsNot(said) : new Seen.Holds(output(response));
    }
    if (isAbsence(response)) {
      return call.removes() ? new Seen.Holds(output(response)) : new Seen.HoldsNot(said);
    }
    return unknown(Unexpected.answer(call, request, response));
  }

  /** A proxy or a restarting server says 404 too, but not in JSON. */
  private static boolean isAbsence(ApiResponse response) {
    return (response.status() == 404 || response.status() == 410)
        && response.isJson()
        && (response.body().length == 0 || response.json().isPresent());
  }

  private ObjectNode output(ApiResponse response) {
    return Answers.limited(verify.shown(), response);
  }

  private Seen unknown(Failure failure) {
    return new Seen.Unknown(Secrets.scrub(failure, call.secrets()));
  }
}
