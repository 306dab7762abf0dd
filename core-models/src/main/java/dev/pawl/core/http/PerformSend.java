package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.AcquireClaim.Acquired;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.util.Optional;

/** Sends a claimed request and settles the claim by what came of it. */
final class PerformSend {
  private final HttpCall call;
  private final Transport transport;
  private final Claim claim;
  private final StoredResource row;
  private final MethodContext context;
  private final DataRepository repository;

  PerformSend(HttpCall call, Transport transport, Acquired.Granted granted, MethodContext context) {
    this.call = call;
    this.transport = transport;
    this.claim = granted.claim();
    this.row = granted.row();
    this.context = context;
    this.repository = context.dataRepository();
  }

  /**
   * The result; empty when the send is now in doubt, or has to begin again.
   *
   * @param doubted whether an earlier send of this call was in doubt
   */
  Optional<MethodResult> run(boolean doubted) throws MethodException, InterruptedException {
    StoredResource.OpenClaim open = row.claim();
    if (open == null || open.intent() == null) {
      throw new IllegalStateException("a granted send carries its intent: " + row.key());
    }
    Intent intent = open.intent();
    boolean isSoAlready = Boolean.TRUE.equals(intent.existedBefore());
    if (isSoAlready && (call.makes() || call.removes())) {
      return take(intent);
    }
    return settle(send(intent), intent, doubted);
  }

  private Sent send(Intent intent) throws MethodException, InterruptedException {
    try {
      return Sent.of(call, intent, claim, transport, context);
    } catch (InterruptedException e) {
      leave(e, () -> repository.doubt(claim, cancelled("during the send")));
      throw e;
    }
  }

  private Optional<MethodResult> settle(Sent sent, Intent intent, boolean doubted)
      throws MethodException {
    if (sent instanceof Sent.Made made) {
      boolean wasGone = row.tombstone() != null && row.tombstone().isToBeRecreated();
      return Optional.of(
          keep(made.output(), intent, wasGone ? Outcome.RECREATED : Outcome.CREATED));
    }
    if (sent instanceof Sent.NotMade notMade && !(doubted && notMade.isConflict())) {
      Failure said = notMade.failure();
      throw abandon(
          notMade.isConflict()
              ? new Failure(
                  Reason.ALREADY_EXISTS, said.message(), said.request(), said.httpStatus(), null)
              : said);
    }
    repository.doubt(claim, evidence("sent, outcome unknown", sent.failure()));
    return Optional.empty();
  }

  /** Nothing need be sent; what is there is read once more, now under the claim. */
  private Optional<MethodResult> take(Intent intent) throws MethodException, InterruptedException {
    Address verify = call.verify();
    EffectLook.Seen seen;
    try {
      seen =
          verify == null
              ? new EffectLook.Seen.HoldsNot("there is no verifyUrl")
              : new EffectLook(call, verify, transport, context).run();
    } catch (InterruptedException e) {
      leave(e, () -> repository.abandon(claim, cancelled("before the send")));
      throw e;
    }
    if (seen instanceof EffectLook.Seen.Holds holds) {
      return Optional.of(keep(holds.output(), intent, Outcome.ADOPTED));
    }
    if (seen instanceof EffectLook.Seen.Unknown unknown) {
      throw abandon(unknown.failure());
    }
    repository.abandon(claim, new Evidence("gone between two looks", Json.object()));
    return Optional.empty();
  }

  private MethodResult keep(ObjectNode output, Intent intent, Outcome outcome)
      throws MethodException {
    repository.complete(claim, Settled.completion(output, intent, outcome));
    return Settled.result(output, outcome);
  }

  /** What a cancelled caller leaves behind. */
  private interface Settlement {
    StoredResource write() throws MethodException;
  }

  /** A caller that was cancelled stops, also where it has lost its claim meanwhile. */
  private static void leave(InterruptedException cancelled, Settlement settlement) {
    try {
      settlement.write();
    } catch (MethodException e) {
      cancelled.addSuppressed(e);
    }
  }

  private static Evidence cancelled(String when) {
    return new Evidence("cancelled " + when, Json.object());
  }

  private MethodException abandon(Failure failure) throws MethodException {
    repository.abandon(claim, evidence("not made", failure));
    return MethodException.notMade(failure);
  }

  private static Evidence evidence(String what, Failure failure) {
    return new Evidence(
        what, Json.object().put("message", failure.message()).put("status", failure.httpStatus()));
  }
}
