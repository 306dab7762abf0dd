package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.AcquireClaim;
import dev.pawl.model.data.AcquireClaim.Acquired;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The create that every generated {@code create} is (DESIGN section 4): looks at the stored state,
 * verifies it by a read, claims, and only then sends. It sends nothing while anything is unknown.
 */
final class CreateResource {
  /** So many times may the row change under us, be found gone, or a create be proven absent. */
  private static final int MAX_ROUNDS = 10;

  private final RestResource resource;
  private final @Nullable RestMethod update;
  private final MethodContext context;
  private final ResourceKey key;
  private final PlanCreate plan;
  private boolean doubted;
  private boolean conflicted;

  /**
   * @param update the method that changes one; null where the API cannot
   */
  CreateResource(
      RestResource resource,
      @Nullable RestMethod update,
      ObjectNode arguments,
      MethodContext context) {
    this.resource = resource;
    this.update = update;
    this.context = context;
    this.key = context.key(ResourceKey.STATE);
    this.plan = new PlanCreate(resource, arguments, context);
  }

  /**
   * Creates, or finds what is there.
   *
   * @throws MethodException API_REFUSED, API_UNAUTHENTICATED, UNREACHABLE, VERIFY_UNKNOWN,
   *     IN_DOUBT, CLAIM_HELD, ACCOUNT_MISMATCH, ALREADY_EXISTS, DELETED_AFTER_START,
   *     ARGUMENTS_CHANGED, EXTERNAL_ID_OWNED, NOT_READY
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
    throw MethodException.notMade(
        Failure.of(
            Reason.CLAIM_STALE,
            key + " changed under this call " + MAX_ROUNDS + " times; run again"));
  }

  private Optional<MethodResult> oneRound() throws MethodException, InterruptedException {
    Acquired acquired = AcquireClaim.run(key, context, plan::wish);
    if (acquired instanceof Acquired.Present present) {
      return new UsePresent(resource, update, plan, present.row(), context).run(doubted);
    }
    if (acquired instanceof Acquired.Doubt doubt) {
      doubted = true;
      new ResolveDoubt(resource, doubt.row(), context).run();
      return Optional.empty();
    }
    PerformCreate perform = new PerformCreate(resource, (Acquired.Granted) acquired, context);
    // A name that is taken, and under which no look has shown anything, is not ours.
    Optional<MethodResult> made = perform.run(doubted && !conflicted);
    doubted |= made.isEmpty();
    conflicted |= perform.metConflict();
    return made;
  }
}
