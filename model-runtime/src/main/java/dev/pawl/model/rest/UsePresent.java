package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Uses a stored resource, after making sure as far as the policy asks that it still exists. */
final class UsePresent {
  private final RestResource resource;
  private final @Nullable RestMethod update;
  private final PlanCreate plan;
  private final StoredResource row;
  private final MethodContext context;

  /**
   * @param update the method that changes one; null where the API cannot
   */
  UsePresent(
      RestResource resource,
      @Nullable RestMethod update,
      PlanCreate plan,
      StoredResource row,
      MethodContext context) {
    this.resource = resource;
    this.update = update;
    this.plan = plan;
    this.row = row;
    this.context = context;
  }

  /**
   * The result; empty when the resource is gone, now has a tombstone, and has to be made anew.
   *
   * @param doubted whether this call has just resolved a doubt and so found its own create
   */
  Optional<MethodResult> run(boolean doubted) throws MethodException, InterruptedException {
    SameAccount.require(row.key(), row.account(), context.http());
    if (!isToBeVerified()) {
      return withChanges(row, data(row), doubted ? Outcome.ADOPTED : Outcome.REUSED);
    }
    VerifyStored.Verification seen = new VerifyStored(resource, row, context).run();
    if (seen instanceof VerifyStored.Verification.Gone) {
      context.dataRepository().bury(row, Cause.VERIFIED_GONE);
      return Optional.empty();
    }
    if (seen instanceof VerifyStored.Verification.Unknown unknown) {
      throw unknown(unknown.failure());
    }
    JsonNode shown =
        ShownOnce.kept(resource, row.data(), ((VerifyStored.Verification.Exists) seen).data());
    StoredResource confirmed = context.dataRepository().confirm(row, shown);
    JsonNode ready = new AwaitReady(resource, context).runFrom(confirmed);
    List<String> owed = new ProbeAgain(resource, null, context).run(row.key());
    return withChanges(confirmed, ready, doubted ? Outcome.ADOPTED : Outcome.VERIFIED)
        .map(
            result ->
                result.withWarnings(
                    Stream.concat(owed.stream(), result.warnings().stream()).toList()));
  }

  /** Whether the policy asks for a read of the API, and the API offers one. */
  boolean isToBeVerified() {
    CreateOptions.Verify policy = context.options().verify();
    if (policy.never() || !VerifyStored.isPossible(resource, row)) {
      return false;
    }
    Instant last = row.verifiedAt() == null ? row.presentSince() : row.verifiedAt();
    return policy.olderThan().isZero()
        || last == null
        || Duration.between(last, row.readAt()).compareTo(policy.olderThan()) > 0;
  }

  private MethodException unknown(Failure why) {
    return MethodException.notMade(
        new Failure(
            Reason.VERIFY_UNKNOWN,
            "whether "
                + row.key()
                + " still exists could not be found out, so nothing was sent: "
                + why.message(),
            why.request(),
            why.httpStatus(),
            why.retryAfter()));
  }

  private Optional<MethodResult> withChanges(StoredResource now, JsonNode data, Outcome outcome)
      throws MethodException, InterruptedException {
    if (AskedFor.isAsStored(now, plan)) {
      return Optional.of(MethodResult.of(data, outcome));
    }
    List<FieldDifference> differs = AskedFor.differs(now, plan);
    return switch (context.options().onChange()) {
      case KEEP ->
          Optional.of(
              MethodResult.of(data, outcome)
                  .withDiffers(differs)
                  .withWarnings(
                      List.of(
                          "kept as it was made, though asked for otherwise: " + names(differs))));
      case UPDATE -> Optional.of(updated(data, outcome));
      case FAIL -> throw changed(differs, "onChange is fail");
      case REPLACE -> replaced(differs);
    };
  }

  /** Deleted, so that it is made anew; nothing is touched where it cannot be deleted. */
  private Optional<MethodResult> replaced(List<FieldDifference> differs)
      throws MethodException, InterruptedException {
    if (resource.delete() == null) {
      throw changed(differs, "it cannot be replaced: " + resource.type() + " has no delete");
    }
    // The verify may have stored a version since the row was read, and another replaced it.
    StoredResource now = context.dataRepository().read(row.key());
    if (now.effectiveState() == ResourceState.PRESENT
        && !plan.fingerprint().equals(now.fingerprint())) {
      new ChangeResource(resource, now, context).replace();
    }
    return Optional.empty();
  }

  private MethodResult updated(JsonNode data, Outcome outcome)
      throws MethodException, InterruptedException {
    // The verify may have stored a version since the row was read, and another made the change.
    StoredResource now = context.dataRepository().read(row.key());
    if (plan.fingerprint().equals(now.fingerprint())) {
      return MethodResult.of(data, outcome);
    }
    PlanUpdate change = new PlanUpdate(resource, update, plan, now);
    return new ChangeResource(resource, now, context)
        .update(change.arguments(context), plan.comparable());
  }

  private MethodException changed(List<FieldDifference> differs, String why) {
    return MethodException.notMade(
        Failure.of(
            Reason.ARGUMENTS_CHANGED,
            row.key()
                + " was made with other arguments ("
                + names(differs)
                + ") and "
                + why
                + "; set onChange: keep or update, or choose another instance"));
  }

  private static String names(List<FieldDifference> differs) {
    return String.join(", ", differs.stream().map(FieldDifference::path).toList());
  }

  private static JsonNode data(StoredResource row) {
    return row.data() == null ? Json.object() : row.data();
  }
}
