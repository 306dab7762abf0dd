package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a send in doubt: by {@code verifyUrl}, or by the same request with the
 * same key where its author says that the server knows it again. Else it stays in doubt.
 */
final class ResolveSend {
  /** Servers forget keys; most keep them for a day, none is known to forget within the hour. */
  private static final Duration KEY_LIFETIME = Duration.ofHours(1);

  /** Refusals that say nothing of the first send: of who asks, and of where. */
  private static final Set<Integer> OF_THIS_SEND = Set.of(401, 403, 404, 405, 407, 409, 410, 412);

  private final HttpCall call;
  private final Transport transport;
  private final StoredResource row;
  private final MethodContext context;
  private final DataRepository repository;

  ResolveSend(HttpCall call, Transport transport, StoredResource row, MethodContext context) {
    this.call = call;
    this.transport = transport;
    this.row = row;
    this.context = context;
    this.repository = context.dataRepository();
  }

  /**
   * The result; empty when nothing was made, or when somebody else is at it: begin again.
   *
   * @throws MethodException IN_DOUBT with what was seen and the choices left; the server's refusal
   */
  Optional<MethodResult> run() throws MethodException, InterruptedException {
    StoredResource.OpenClaim open = row.claim();
    Intent intent = open == null ? null : open.intent();
    Origins.require(row.key(), intent == null ? null : intent.account(), call);
    ClaimAnswer answer = repository.claim(wish());
    if (!(answer instanceof ClaimAnswer.Granted granted)) {
      return Optional.empty();
    }
    boolean settled = false;
    try {
      Optional<MethodResult> result =
          open == null || intent == null
              ? stay(granted.claim(), null, "no request was recorded")
              : settle(granted.claim(), intent, open);
      settled = true;
      return result;
    } catch (MethodException e) {
      settled = true;
      throw e;
    } finally {
      if (!settled) {
        repository.doubt(granted.claim(), new Evidence("the look was broken off", Json.object()));
      }
    }
  }

  private ClaimRequest wish() {
    Duration lease =
        context.timing().lease().plus(context.timing().quarantine()).plus(call.timeout());
    return new ClaimRequest(
        row,
        ClaimMode.RECONCILE,
        context.caller().describe(),
        lease.compareTo(ClaimRequest.MAX_LEASE) > 0 ? ClaimRequest.MAX_LEASE : lease,
        Duration.ZERO,
        Duration.ZERO,
        null,
        null);
  }

  private Optional<MethodResult> settle(Claim claim, Intent intent, StoredResource.OpenClaim open)
      throws MethodException, InterruptedException {
    boolean repeats = call.repeatable() && isYoung(open);
    Address verify = call.verify();
    if (verify == null) {
      return repeats ? repeat(claim, intent) : stay(claim, intent, howToHelp(open));
    }
    EffectLook look = new EffectLook(call, verify, transport, context);
    EffectLook.Seen seen = look.run();
    if (seen instanceof EffectLook.Seen.Holds holds) {
      return adopt(claim, intent, holds);
    }
    if (repeats) {
      return repeat(claim, intent);
    }
    seen = afterQuarantine(look, open);
    if (seen instanceof EffectLook.Seen.Holds holds) {
      return adopt(claim, intent, holds);
    }
    if (seen instanceof EffectLook.Seen.Unknown unknown) {
      return stay(claim, intent, unknown.failure().message());
    }
    String how = ((EffectLook.Seen.HoldsNot) seen).how();
    repository.abandon(
        claim,
        new Evidence(
            "proven absent: two looks after the quarantine", Json.object().put("how", how)));
    return Optional.empty();
  }

  private boolean isYoung(StoredResource.OpenClaim open) {
    return Duration.between(open.sentAt(), row.readAt()).compareTo(KEY_LIFETIME) < 0;
  }

  private EffectLook.Seen afterQuarantine(EffectLook look, StoredResource.OpenClaim open)
      throws InterruptedException {
    context.waitingFor("the quarantine of " + row.key() + ": what was sent may still be done");
    Duration left = Duration.between(repository.read(row.key()).readAt(), open.quarantineUntil());
    context.pacer().pause(left.isNegative() ? Duration.ZERO : left);
    EffectLook.Seen seen = look.run();
    if (!(seen instanceof EffectLook.Seen.HoldsNot)) {
      return seen;
    }
    context.pacer().pause(context.timing().settle());
    return look.run();
  }

  /** That the effect holds proves our send only if it did not hold before. */
  private Optional<MethodResult> adopt(Claim claim, Intent intent, EffectLook.Seen.Holds holds)
      throws MethodException {
    boolean ours = Boolean.FALSE.equals(intent.existedBefore()) || call.removes();
    boolean allowed =
        intent.existedBefore() == null
            && context.options().adopt() == CreateOptions.Adopt.ON_CONFLICT;
    if (!ours && !allowed) {
      return stay(
          claim,
          intent,
          "verifyUrl finds it, but it may have been so before the send"
              + (intent.existedBefore() == null ? "; adopt: onConflict takes it for ours" : ""));
    }
    repository.complete(claim, Settled.completion(holds.output(), intent, Outcome.ADOPTED));
    return Optional.of(Settled.result(holds.output(), Outcome.ADOPTED));
  }

  private Optional<MethodResult> repeat(Claim claim, Intent intent)
      throws MethodException, InterruptedException {
    Sent again = Sent.of(call, intent, claim, transport, context);
    if (again instanceof Sent.Made made) {
      repository.complete(claim, Settled.completion(made.output(), intent, Outcome.CREATED));
      return Optional.of(Settled.result(made.output(), Outcome.CREATED));
    }
    Failure said = again.failure();
    boolean refused =
        said.reason() == Reason.API_REFUSED && !OF_THIS_SEND.contains(said.httpStatus());
    if (again instanceof Sent.NotMade && refused) {
      repository.abandon(
          claim,
          new Evidence(
              "the same request with the same key was refused",
              Json.object().put("message", said.message())));
      throw MethodException.notMade(said);
    }
    return stay(claim, intent, "it was sent again with the same key, and " + said.message());
  }

  private String howToHelp(StoredResource.OpenClaim open) {
    if (call.repeatable()) {
      return "it was sent at "
          + open.sentAt()
          + ", too long ago for its key to be known; give verifyUrl";
    }
    return "give verifyUrl, where to see whether it has happened, or say repeatable: true if the"
        + " server does the same thing once for one "
        + (call.keyHeader().isEmpty() ? "request" : call.keyHeader());
  }

  private Optional<MethodResult> stay(Claim claim, @Nullable Intent intent, String why)
      throws MethodException {
    String what = intent == null ? "a request" : intent.method() + " " + intent.url();
    ObjectNode detail = Json.object().put("why", why);
    if (row.claim() != null) {
      detail.put("sentAt", row.claim().sentAt().toString());
    }
    repository.doubt(claim, new Evidence("looked, and nothing can be proven", detail));
    throw MethodException.unknown(
        Failure.of(
            Reason.IN_DOUBT,
            row.key()
                + " is in doubt: "
                + what
                + " was sent and its outcome is not known; "
                + why
                + ". Nothing is sent until that is known"));
  }
}
