package dev.pawl.model.data;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;

/**
 * {@code createOrGet}: runs a body unless its output is stored, under the same claims as a
 * generated create. The body says by a {@link MethodException} with effect NOT_MADE that nothing
 * happened; every other way out leaves the key in doubt.
 */
public final class RunOnce {
  private RunOnce() {}

  /**
   * Runs {@code create} unless its output is stored.
   *
   * @throws MethodException from the body; IN_DOUBT when an earlier body's outcome is not known;
   *     CLAIM_HELD when another holder did not finish in time
   */
  public static MethodResult run(
      ResourceKey key, MethodContext context, MethodContext.Create create)
      throws MethodException, InterruptedException {
    AcquireClaim.Acquired acquired =
        AcquireClaim.run(
            key,
            context,
            row ->
                new ClaimRequest(
                    row,
                    ClaimMode.CREATE,
                    context.caller().describe(),
                    context.timing().lease(),
                    context.timing().createDeadline(),
                    context.timing().processingAllowance(),
                    null,
                    null));
    if (acquired instanceof AcquireClaim.Acquired.Present present) {
      return MethodResult.of(stored(present.row()), Outcome.REUSED);
    }
    if (acquired instanceof AcquireClaim.Acquired.Granted granted) {
      return runClaimed(granted, context, create);
    }
    throw MethodException.unknown(
        Failure.of(
            Reason.IN_DOUBT,
            key
                + " was begun by an earlier call whose outcome is not known, and nothing says how"
                + " to find out; resolve it by hand, then run again"));
  }

  private static MethodResult runClaimed(
      AcquireClaim.Acquired.Granted granted, MethodContext context, MethodContext.Create create)
      throws MethodException, InterruptedException {
    DataRepository repository = context.dataRepository();
    boolean recreated = granted.row().tombstone() != null;
    Claim claim = granted.claim();
    JsonNode made;
    try {
      made = runKept(claim, context, create);
    } catch (MethodException e) {
      if (e.effect() == MethodException.Effect.NOT_MADE) {
        settle(e, () -> repository.abandon(claim, evidence("the body says: nothing made", e)));
      } else {
        settle(e, () -> repository.doubt(claim, evidence("the body does not know", e)));
      }
      throw e;
    } catch (InterruptedException | RuntimeException | Error e) {
      Evidence why = new Evidence("the body ended without saying what it did", Json.object());
      settle(e, () -> repository.doubt(claim, why));
      throw e;
    }
    Outcome outcome = recreated ? Outcome.RECREATED : Outcome.CREATED;
    repository.complete(
        claim, new Completion(made, null, null, Json.object(), null, null, outcome));
    return MethodResult.of(made, outcome);
  }

  /** The claim is not renewed any more once the body has ended: it is about to end too. */
  private static JsonNode runKept(Claim claim, MethodContext context, MethodContext.Create create)
      throws MethodException, InterruptedException {
    try (KeepClaim kept = new KeepClaim(context.dataRepository(), claim, context.pacer())) {
      return create.run();
    }
  }

  /** What is written down about a claim that ends. */
  private interface Settlement {
    StoredResource write() throws MethodException;
  }

  /** The body's own failure is what the caller hears, even where the claim was lost meanwhile. */
  private static void settle(Throwable failure, Settlement settlement) {
    boolean interrupted = Thread.interrupted();
    try {
      settlement.write();
    } catch (MethodException | RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static JsonNode stored(StoredResource row) {
    JsonNode data = row.data();
    return data == null ? Json.mapper().nullNode() : data;
  }

  private static Evidence evidence(String what, MethodException e) {
    return new Evidence(what, Json.object().put("message", e.failure().message()));
  }
}
