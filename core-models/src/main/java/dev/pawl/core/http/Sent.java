package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Secrets;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Intent;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.SendOutcome;
import dev.pawl.model.rest.ApiFailures;
import java.net.URI;
import java.time.Duration;

/** What became of one send. */
sealed interface Sent {
  /** What went wrong, for those that did. */
  Failure failure();

  /** It happened, and this was the answer. */
  record Made(ObjectNode output) implements Sent {
    @Override
    public Failure failure() {
      throw new IllegalStateException("it was made");
    }
  }

  /** It definitely did not happen. */
  record NotMade(Failure failure) implements Sent {
    /** Whether the server speaks of something that is there already. */
    boolean isConflict() {
      return failure.httpStatus() == 409 || failure.httpStatus() == 412;
    }
  }

  /** It may or may not have happened. */
  record Unknown(Failure failure) implements Sent {}

  /** Sends the stored request once. */
  static Sent of(
      HttpCall call, Intent intent, Claim claim, Transport transport, MethodContext context)
      throws InterruptedException {
    // The quarantine counts from the claim: what was spent since is taken off. A re-send under a
    // RECONCILE claim has the whole time.
    Duration spent =
        claim.mode() == ClaimMode.CREATE
            ? Duration.ofNanos(context.pacer().nanoTime() - claim.takenNanos())
            : Duration.ZERO;
    ApiRequest request = Transport.request(intent, call, call.timeout().minus(spent));
    SendOutcome outcome = transport.send(request, claim, context.pacer());
    if (outcome instanceof SendOutcome.NeverSent never) {
      return new NotMade(masked(ApiFailures.neverSent(request, never.cause()), call));
    }
    if (outcome instanceof SendOutcome.Lost lost) {
      return new Unknown(masked(ApiFailures.lost(request, lost.cause()), call));
    }
    ApiResponse response = ((SendOutcome.Answered) outcome).response();
    if (call.expects(response.status())) {
      return new Made(Answers.limited(URI.create(intent.url()), response));
    }
    Failure said = masked(Unexpected.answer(call, request, response), call);
    return ApiFailures.isRefusal(response.status()) ? new NotMade(said) : new Unknown(said);
  }

  private static Failure masked(Failure failure, HttpCall call) {
    return Secrets.scrub(failure, call.secrets());
  }
}
