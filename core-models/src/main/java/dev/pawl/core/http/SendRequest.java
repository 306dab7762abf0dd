package dev.pawl.core.http;

import dev.pawl.core.Refused;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.AcquireClaim;
import dev.pawl.model.data.AcquireClaim.Acquired;
import java.util.Optional;

/**
 * A request with an effect, at most once for its instance: looks at what is stored, claims with the
 * exact request made durable, and only then sends. Nothing is sent while a send is in doubt, but
 * the same request with the same key where its author says that the server knows it again.
 */
final class SendRequest {
  /** So many times may the row change under us, or the effect be found undone. */
  private static final int MAX_ROUNDS = 10;

  private final HttpCall call;
  private final Transport transport;
  private final MethodContext context;
  private final ResourceKey key;
  private final PlanSend plan;
  private boolean doubted;

  SendRequest(HttpCall call, Transport transport, MethodContext context) {
    this.call = call;
    this.transport = transport;
    this.context = context;
    this.key = context.key(ResourceKey.STATE);
    this.plan = new PlanSend(call, transport, context);
  }

  /**
   * Sends, or finds what came of an earlier send.
   *
   * @throws MethodException API_REFUSED, API_UNAUTHENTICATED, UNREACHABLE, VERIFY_UNKNOWN,
   *     IN_DOUBT, CLAIM_HELD, ACCOUNT_MISMATCH, ALREADY_EXISTS, DELETED_AFTER_START,
   *     ARGUMENTS_CHANGED
   */
  MethodResult run() throws MethodException, InterruptedException {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      try {
        Optional<MethodResult> result = oneRound();
        if (result.isPresent()) {
          return result.get();
        }
      } catch (MethodException e) {
        // Somebody changed the row between our read and our write: look again.
        if (e.failure().reason() != Reason.CLAIM_STALE) {
          throw e;
        }
      }
    }
    throw Refused.because(
        Reason.CLAIM_STALE, key + " changed under this call " + MAX_ROUNDS + " times; run again");
  }

  private Optional<MethodResult> oneRound() throws MethodException, InterruptedException {
    Acquired acquired = AcquireClaim.run(key, context, plan::wish);
    if (acquired instanceof Acquired.Present present) {
      return new UseSent(call, transport, present.row(), context).run();
    }
    if (acquired instanceof Acquired.Doubt doubt) {
      doubted = true;
      return new ResolveSend(call, transport, doubt.row(), context).run();
    }
    Optional<MethodResult> sent =
        new PerformSend(call, transport, (Acquired.Granted) acquired, context).run(doubted);
    doubted |= sent.isEmpty();
    return sent;
  }
}
