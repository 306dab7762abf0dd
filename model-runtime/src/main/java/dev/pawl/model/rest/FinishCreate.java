package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a create still does when what it made is stored: waits until it may be used. */
final class FinishCreate {
  private final RestResource resource;
  private final Intent intent;
  private final MethodContext context;

  FinishCreate(RestResource resource, Intent intent, MethodContext context) {
    this.resource = resource;
    this.intent = intent;
    this.context = context;
  }

  /**
   * Waits.
   *
   * @param operation names what still has to end; null for nothing
   * @param onlyAccepted whether the API has not said yet that it has made it
   * @throws MethodException NOT_READY when it came up failed, or was accepted and then dropped: it
   *     is stored as gone then; DEADLINE when it did not come up
   */
  MethodResult run(
      StoredResource stored, Outcome outcome, @Nullable ObjectNode operation, boolean onlyAccepted)
      throws MethodException, InterruptedException {
    if (operation != null && resource.operation() != null && resource.readiness() == null) {
      await(stored, operation);
    }
    AwaitReady await = new AwaitReady(resource, context);
    JsonNode ready = onlyAccepted ? await.runFrom(shown(stored)) : await.run(stored);
    List<String> warnings = new ArrayList<>(DroppedMarker.in(ready, intent, resource));
    warnings.addAll(new ProbeAgain(resource, intent, context).run(stored.key()));
    return MethodResult.of(ready, outcome).withWarnings(warnings);
  }

  private void await(StoredResource stored, ObjectNode operation)
      throws MethodException, InterruptedException {
    BegunOperation begun = Objects.requireNonNull(resource.operation());
    AwaitOperation.Ended ended =
        new AwaitOperation(begun, stored.key(), intent.arguments(), operation, context).run();
    if (ended instanceof AwaitOperation.Ended.Failed failed) {
      throw MethodException.notMade(
          new Failure(
              Reason.NOT_READY,
              failed.failure().message() + "; delete it if it is there, then run again",
              failed.failure().request(),
              failed.failure().httpStatus(),
              null));
    }
  }

  /** Somebody may delete it while it is waited for. */
  private static boolean isThere(StoredResource row) {
    return row.effectiveState() == ResourceState.PRESENT;
  }

  /** A 404 after a 202 is a lagging read, until the quarantine says that it is gone. */
  private StoredResource shown(StoredResource stored) throws MethodException, InterruptedException {
    if (!VerifyStored.isPossible(resource, stored)) {
      return stored;
    }
    Patience patience = new Patience(context);
    StoredResource row = stored;
    VerifyStored verify = new VerifyStored(resource, row, context);
    VerifyStored.Verification last = verify.look();
    while (last instanceof VerifyStored.Verification.Gone && isThere(row) && verify.mayLag()) {
      context.waitingFor("the API to show " + row.key() + ", which it has accepted");
      patience.pause();
      row = context.dataRepository().read(row.key());
      verify = new VerifyStored(resource, row, context);
      last = verify.look();
    }
    if (!isThere(row)) {
      return stored;
    }
    last = last instanceof VerifyStored.Verification.Exists ? last : verify.run();
    if (last instanceof VerifyStored.Verification.Gone) {
      context.dataRepository().bury(row, Cause.VERIFIED_GONE);
      throw MethodException.notMade(
          Failure.of(
              Reason.NOT_READY,
              row.key()
                  + " was accepted by the API as "
                  + row.externalId()
                  + " and then dropped: it is not there; run again to make it anew"));
    }
    return last instanceof VerifyStored.Verification.Exists exists
        ? context.dataRepository().confirm(row, ShownOnce.kept(resource, row.data(), exists.data()))
        : row;
  }
}
