package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
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
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Sends a claimed create and settles the claim by what came of it. */
final class PerformCreate {
  /** A longer baseline is not used: comparing against it would cost more than it proves. */
  private static final int MAX_BASELINE = 10_000;

  private final RestResource resource;
  private final Claim claim;
  private final StoredResource row;
  private final MethodContext context;
  private final DataRepository repository;
  private final LateSend late;
  private boolean conflict;

  PerformCreate(RestResource resource, Acquired.Granted granted, MethodContext context) {
    this.resource = resource;
    this.claim = granted.claim();
    this.row = granted.row();
    this.context = context;
    this.repository = context.dataRepository();
    this.late = new LateSend(claim, context);
  }

  /**
   * The result; empty when the create is now in doubt and has to be looked for.
   *
   * @param doubted whether an earlier send of this call was in doubt: then what the API says to
   *     exist may be our own
   */
  Optional<MethodResult> run(boolean doubted) throws MethodException, InterruptedException {
    StoredResource.OpenClaim open = row.claim();
    if (open == null || open.intent() == null) {
      throw new IllegalStateException("a granted create carries its intent: " + row.key());
    }
    refuseOwned(open.intent());
    if (hasComeLate(open.intent())) {
      return Optional.empty();
    }
    Intent intent = withBaseline(open.intent());
    if (Boolean.TRUE.equals(intent.existedBefore())) {
      return Optional.of(adopt(intent));
    }
    SendCreate.Sent sent = send(intent);
    conflict = sent instanceof SendCreate.Sent.Conflict;
    return settle(sent, intent, doubted);
  }

  /** A name that another key owns would be made, and then be nobody's to have. */
  private void refuseOwned(Intent intent) throws MethodException {
    boolean chosen = resource.reconcile().withoutToken() instanceof Reconcile.ClientId;
    if (!chosen || !Identities.isWhole(resource, intent.identity())) {
      return;
    }
    String id = Identities.externalId(resource, intent.identity());
    if (!repository.ownedByOthers(row.key(), intent.account(), List.of(id)).isEmpty()) {
      throw abandon(
          Failure.of(
              Reason.EXTERNAL_ID_OWNED,
              row.key()
                  + " cannot have "
                  + id
                  + ": another key owns it; choose another name, or use that key"));
    }
  }

  /** The last chance of an earlier send that was proven to have made nothing to prove otherwise. */
  private boolean hasComeLate(Intent intent) throws MethodException, InterruptedException {
    if (row.provenAbsentAt() == null) {
      return false;
    }
    List<String> late = List.of();
    try {
      late = new ProbeAgain(resource, intent, context).shown(row, row.provenAbsentAt());
    } catch (MethodException e) {
      throw abandon(e.failure());
    } catch (InterruptedException e) {
      writeDown(e, () -> repository.abandon(claim, cancelled("before the send")));
      throw e;
    }
    if (!late.isEmpty()) {
      repository.doubt(
          claim,
          new Evidence(
              "not sent: an earlier send was carried out after it had been proven absent",
              Json.object().set("candidates", Json.mapper().valueToTree(late))));
    }
    return !late.isEmpty();
  }

  private SendCreate.Sent send(Intent intent) throws MethodException, InterruptedException {
    try {
      return SendCreate.run(resource, intent, claim, context);
    } catch (InterruptedException e) {
      writeDown(e, () -> late.doubtAndLeave(intent, cancelled("during the send")));
      throw e;
    }
  }

  private Optional<MethodResult> settle(SendCreate.Sent sent, Intent intent, boolean doubted)
      throws MethodException, InterruptedException {
    if (sent instanceof SendCreate.Sent.Made made) {
      return Optional.of(keep(made, intent));
    }
    if (sent instanceof SendCreate.Sent.Accepted accepted) {
      return accepted(accepted, intent);
    }
    if (sent instanceof SendCreate.Sent.NotMade notMade) {
      throw abandon(notMade.failure());
    }
    if (sent instanceof SendCreate.Sent.Conflict conflict && !doubted) {
      Failure said = conflict.failure();
      throw abandon(
          new Failure(
              Reason.ALREADY_EXISTS, said.message(), said.request(), said.httpStatus(), null));
    }
    Evidence why = evidence("sent, outcome unknown", failure(sent));
    if (sent instanceof SendCreate.Sent.MadeSomewhere) {
      late.learned(intent.asMade(), why);
    } else {
      late.doubt(intent, why);
    }
    return Optional.empty();
  }

  private static Failure failure(SendCreate.Sent sent) {
    if (sent instanceof SendCreate.Sent.MadeSomewhere made) {
      return made.failure();
    }
    if (sent instanceof SendCreate.Sent.Conflict conflict) {
      return conflict.failure();
    }
    return ((SendCreate.Sent.Unknown) sent).failure();
  }

  /** Whether the API said that something like it exists. */
  boolean metConflict() {
    return conflict;
  }

  /**
   * In doubt, with an operation that resolves it: whoever comes next may go on asking it, also when
   * this process is gone.
   */
  private Optional<MethodResult> accepted(SendCreate.Sent.Accepted accepted, Intent intent)
      throws MethodException, InterruptedException {
    Evidence begun =
        new Evidence(
            "accepted, and an operation has begun",
            Json.object().set("operation", accepted.operation()));
    Intent known = intent.asAccepted(accepted.operation());
    StoredResource begunRow;
    try {
      begunRow = late.learned(known, begun);
    } catch (MethodException e) {
      if (e.failure().reason() == Reason.CLAIM_STALE) {
        tellLate(accepted.operation(), intent);
      }
      throw e;
    }
    Optional<Failure> failed = new ResolveDoubt(resource, begunRow, context).run();
    if (failed.isPresent()) {
      throw MethodException.notMade(failed.get());
    }
    StoredResource now = repository.read(row.key());
    boolean ours =
        now.effectiveState() == ResourceState.PRESENT
            && now.incarnation() == claim.incarnation()
            && now.sendNumber() == claim.sendNumber();
    return ours
        ? Optional.of(new FinishCreate(resource, known, context).run(now, outcome(), null, true))
        : Optional.empty();
  }

  /** Whoever has lost its claim still says what its operation made: it may be the second one. */
  private void tellLate(ObjectNode operation, Intent intent)
      throws MethodException, InterruptedException {
    BegunOperation begun = Objects.requireNonNull(resource.operation());
    AwaitOperation.Ended ended =
        new AwaitOperation(begun, row.key(), intent.arguments(), operation, context).run();
    if (ended instanceof AwaitOperation.Ended.Well well) {
      Optional<ObjectNode> made = Identities.fromOperation(resource, intent.identity(), well);
      if (made.isPresent()) {
        repository.complete(claim, completion(Json.object(), made.get(), intent, outcome()));
      }
    }
  }

  /** The id is stored before anything else is asked of the API. */
  private MethodResult keep(SendCreate.Sent.Made made, Intent intent)
      throws MethodException, InterruptedException {
    StoredResource stored =
        late.complete(intent, completion(made.data(), made.identity(), intent, outcome()));
    return new FinishCreate(resource, intent, context)
        .run(stored, outcome(), made.operation(), made.onlyAccepted());
  }

  private Outcome outcome() {
    boolean again = row.tombstone() != null && row.tombstone().isToBeRecreated();
    return again ? Outcome.RECREATED : Outcome.CREATED;
  }

  private MethodResult adopt(Intent intent) throws MethodException, InterruptedException {
    StoredResource stored =
        repository.complete(
            claim, completion(Json.object(), intent.identity(), intent, Outcome.ADOPTED));
    return MethodResult.of(new AwaitReady(resource, context).run(stored), Outcome.ADOPTED);
  }

  private Completion completion(
      JsonNode data, ObjectNode identity, Intent intent, Outcome outcome) {
    return new Completion(
        data,
        Identities.externalId(resource, identity),
        intent.account(),
        identity,
        intent.arguments(),
        Json.fingerprint(intent.arguments()),
        outcome);
  }

  private Intent withBaseline(Intent intent) throws MethodException, InterruptedException {
    Listing listing = resource.listing();
    boolean used = resource.reconcile().withoutToken() instanceof Reconcile.NaturalKey;
    if (!used || listing == null) {
      return intent;
    }
    List<String> ids = new ArrayList<>();
    try {
      for (JsonNode item :
          new ListAll(listing, intent.arguments(), intent.identity(), context).run()) {
        Identities.ofItem(resource, listing, intent.identity(), item)
            .ifPresent(identity -> ids.add(Identities.externalId(resource, identity)));
      }
    } catch (MethodException e) {
      throw abandon(e.failure());
    } catch (InterruptedException e) {
      writeDown(e, () -> repository.abandon(claim, cancelled("before the send")));
      throw e;
    }
    if (ids.size() > MAX_BASELINE) {
      return intent;
    }
    Intent listed = intent.withBaseline(ids);
    repository.amend(claim, listed);
    return listed;
  }

  /** What a cancelled caller leaves behind. */
  private interface Settlement {
    StoredResource write() throws MethodException;
  }

  /** A caller that was cancelled stops, also where it has lost its claim meanwhile. */
  private static void writeDown(InterruptedException cancelled, Settlement settlement) {
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
