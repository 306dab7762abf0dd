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
    try (KeepClaim kept = new KeepClaim(repository, granted.claim())) {
      JsonNode made = runBody(kept, repository, create);
      Outcome outcome = recreated ? Outcome.RECREATED : Outcome.CREATED;
      repository.complete(
          kept.current(), new Completion(made, null, null, Json.object(), null, null, outcome));
      return MethodResult.of(made, outcome);
    }
  }

  private static JsonNode runBody(
      KeepClaim kept, DataRepository repository, MethodContext.Create create)
      throws MethodException, InterruptedException {
    boolean settled = false;
    try {
      JsonNode made = create.run();
      settled = true;
      return made;
    } catch (MethodException e) {
      if (e.effect() == MethodException.Effect.NOT_MADE) {
        settled = true;
        repository.abandon(kept.current(), evidence("the body says that nothing was made", e));
      }
      throw e;
    } finally {
      if (!settled) {
        repository.doubt(
            kept.current(),
            new Evidence("the body ended without saying what it did", Json.object()));
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
