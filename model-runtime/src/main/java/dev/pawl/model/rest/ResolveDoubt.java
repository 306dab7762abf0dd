package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what became of a create in doubt: stored when found, absent when proven, else left in
 * doubt with what was learned. Never sends a new create.
 */
final class ResolveDoubt {
  private final RestResource resource;
  private final StoredResource row;
  private final MethodContext context;
  private final DataRepository repository;

  ResolveDoubt(RestResource resource, StoredResource row, MethodContext context) {
    this.resource = resource;
    this.row = row;
    this.context = context;
    this.repository = context.dataRepository();
  }

  /**
   * Resolves; returns when the row is settled, or when somebody else is at it, so that the caller
   * begins again.
   *
   * @return why the API says that it was not made after it had accepted it; empty otherwise
   * @throws MethodException IN_DOUBT with what was seen and the choices left; DEADLINE where the
   *     operation that makes it has not ended
   */
  Optional<Failure> run() throws MethodException, InterruptedException {
    StoredResource.OpenClaim open = row.claim();
    Intent intent = open == null ? null : open.intent();
    SameAccount.require(row.key(), intent == null ? null : intent.account(), context.http());
    AwaitOperation.Ended ended = awaited(intent);
    ClaimAnswer answer = repository.claim(reconcileWish());
    if (!(answer instanceof ClaimAnswer.Granted granted)) {
      return Optional.empty();
    }
    boolean settled = false;
    try {
      Optional<Failure> failed = settle(granted.claim(), ended);
      settled = true;
      return failed;
    } catch (MethodException e) {
      settled = true;
      throw e;
    } finally {
      if (!settled) {
        repository.doubt(granted.claim(), new Evidence("the look was broken off", Json.object()));
      }
    }
  }

  /** How the operation ended that the API has begun; null where it has begun none. */
  private AwaitOperation.@Nullable Ended awaited(@Nullable Intent intent)
      throws MethodException, InterruptedException {
    BegunOperation begun = resource.operation();
    return intent == null || intent.operation() == null || begun == null
        ? null
        : new AwaitOperation(begun, row.key(), intent.arguments(), intent.operation(), context)
            .run();
  }

  private Optional<Failure> settle(Claim claim, AwaitOperation.@Nullable Ended ended)
      throws MethodException, InterruptedException {
    StoredResource.OpenClaim open = row.claim();
    Intent intent = open == null ? null : open.intent();
    if (open == null || intent == null) {
      throw stay(claim, new Doubt.Open("no request was recorded", List.of()));
    }
    if (ended instanceof AwaitOperation.Ended.Failed failed) {
      repository.abandon(
          claim,
          new Evidence(
              "not made: the operation failed",
              Json.object().put("message", failed.failure().message())));
      return Optional.of(failed.failure());
    }
    Doubt seen = ended instanceof AwaitOperation.Ended.Well well ? told(well, intent) : null;
    seen = seen == null ? provable(look(claim, intent, open), intent, ended) : seen;
    if (seen instanceof Doubt.Begun begun && ended == null) {
      repository.amend(claim, intent.asAccepted(begun.operation()));
      repository.doubt(claim, new Evidence("an operation has begun", begun.operation()));
    } else if (seen instanceof Doubt.Begun begun) {
      throw stay(claim, new Doubt.Open("the API forgets " + begun.operation(), List.of()));
    } else if (seen instanceof Doubt.Found found) {
      adopt(claim, intent, found);
    } else if (seen instanceof Doubt.NotSeen notSeen) {
      repository.abandon(
          claim, evidence("proven absent: two complete looks after the quarantine", notSeen));
    } else {
      throw stay(claim, (Doubt.Open) seen);
    }
    return Optional.empty();
  }

  /** What an operation that ended well has made; null where it does not say what. */
  private @Nullable Doubt told(AwaitOperation.Ended.Well well, Intent intent) {
    return Identities.fromOperation(resource, intent.identity(), well)
        .map(identity -> new Doubt.Found(identity, Json.object(), Outcome.CREATED))
        .orElse(null);
  }

  /**
   * What the API said that it made is somewhere, whether a look shows it or not; and an operation
   * that it only refuses to show may run for longer than any quarantine.
   */
  private static Doubt provable(Doubt seen, Intent intent, AwaitOperation.@Nullable Ended ended) {
    if (!(seen instanceof Doubt.NotSeen notSeen)) {
      return seen;
    }
    if (intent.made() || ended instanceof AwaitOperation.Ended.Well) {
      return new Doubt.Open(
          "the API said that it made it, without an id, and " + notSeen.how(), List.of());
    }
    return ended instanceof AwaitOperation.Ended.Forgotten forgotten && !forgotten.gone()
        ? new Doubt.Open(
            "it was accepted, and how that ended is not shown: " + forgotten.how(), List.of())
        : seen;
  }

  private ClaimRequest reconcileWish() {
    Duration lease = context.timing().lease().plus(context.timing().quarantine());
    return new ClaimRequest(
        row,
        ClaimMode.RECONCILE,
        context.caller().describe(),
        Collections.min(List.of(lease, ClaimRequest.MAX_LEASE)),
        Duration.ZERO,
        Duration.ZERO,
        null,
        null);
  }

  private Doubt look(Claim claim, Intent intent, StoredResource.OpenClaim open)
      throws MethodException, InterruptedException {
    Instant until = quarantineUntil(open);
    LookForCreate look = new LookForCreate(resource, claim, intent, open.sentAt(), until, context);
    Doubt first = look.run();
    if (first instanceof Doubt.Found || first instanceof Doubt.Begun || isFinal(first)) {
      return first;
    }
    context.waitingFor(
        "the quarantine of " + row.key() + ": what was sent may still be carried out");
    Duration left = Duration.between(now(row), until);
    context.pacer().pause(left.isNegative() ? Duration.ZERO : left);
    Doubt second = look.run();
    if (!(second instanceof Doubt.NotSeen)) {
      return second;
    }
    context.pacer().pause(context.timing().settle());
    return look.run();
  }

  /** A sender that was late has said so: its request was sent no later than that. */
  private Instant quarantineUntil(StoredResource.OpenClaim open) {
    Instant late = row.provenAbsentAt();
    return late == null || late.isBefore(open.sentAt())
        ? open.quarantineUntil()
        : late.plus(context.timing().quarantine());
  }

  /**
   * Waiting helps where a listing may lag or a token may be repeated, not where several match or
   * nothing can be asked.
   */
  private boolean isFinal(Doubt seen) {
    Reconcile strategy = resource.reconcile();
    return seen instanceof Doubt.Open open
        && !(strategy instanceof Reconcile.Key)
        && (!open.candidates().isEmpty() || strategy instanceof Reconcile.None);
  }

  private Instant now(StoredResource read) {
    return repository.read(read.key()).readAt();
  }

  private void adopt(Claim claim, Intent intent, Doubt.Found found) throws MethodException {
    repository.complete(
        claim,
        new Completion(
            found.data(),
            Identities.externalId(resource, found.identity()),
            intent.account(),
            found.identity(),
            intent.arguments(),
            Json.fingerprint(intent.arguments()),
            found.as()));
  }

  private MethodException stay(Claim claim, Doubt.Open open) throws MethodException {
    repository.doubt(claim, evidence("looked, and nothing can be proven", open));
    String seen = open.candidates().isEmpty() ? "" : " (candidates: " + open.candidates() + ")";
    return MethodException.unknown(
        Failure.of(
            Reason.IN_DOUBT,
            row.key()
                + " is in doubt: a create was sent and its outcome is not known; "
                + open.why()
                + seen
                + ". Look at the API's side, then run again"));
  }

  private Evidence evidence(String what, Doubt seen) {
    ObjectNode detail = Json.object();
    if (seen instanceof Doubt.NotSeen notSeen) {
      detail.put("how", notSeen.how());
    } else if (seen instanceof Doubt.Open open) {
      detail.put("why", open.why());
      var candidates = detail.putArray("candidates");
      open.candidates().forEach(candidates::add);
    }
    StoredResource.OpenClaim claim = row.claim();
    if (claim != null) {
      detail.put("sentAt", claim.sentAt().toString());
    }
    return new Evidence(what, detail);
  }
}
