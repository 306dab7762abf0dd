package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what {@link CreateResource} would do, by the same reads, and writes and sends nothing. */
final class PreviewCreate {
  private final RestResource resource;
  private final @Nullable RestMethod update;
  private final @Nullable ObjectNode arguments;
  private final MethodContext context;
  private final PlanCreate plan;

  /**
   * @param update the method that changes one; null where the API cannot
   * @param arguments null where they cannot be known yet
   */
  PreviewCreate(
      RestResource resource,
      @Nullable RestMethod update,
      @Nullable ObjectNode arguments,
      MethodContext context) {
    this.resource = resource;
    this.update = update;
    this.arguments = arguments;
    this.context = context;
    this.plan = new PlanCreate(resource, arguments == null ? Json.object() : arguments, context);
  }

  Preview run() throws InterruptedException {
    StoredResource row = context.dataRepository().read(context.key(ResourceKey.STATE));
    return switch (row.effectiveState()) {
      case PRESENT -> present(row);
      case IN_DOUBT -> Preview.of(Act.IN_DOUBT, "an earlier create's outcome is not known");
      case CLAIMED -> held(row);
      case ABSENT, DELETED -> absent(row);
    };
  }

  private static Preview held(StoredResource row) {
    String holder = row.claim() == null ? "another caller" : row.claim().holder();
    return Preview.of(Act.VERIFY, holder + " is making it now, and is waited for");
  }

  private Preview present(StoredResource row) throws InterruptedException {
    UsePresent use = new UsePresent(resource, update, plan, row, context);
    try {
      SameAccount.require(row.key(), row.account(), context.http());
    } catch (MethodException e) {
      return e.failure().reason() == Reason.ACCOUNT_MISMATCH
          ? Preview.of(Act.VERIFY, row.data(), "it would fail: " + e.failure().message())
          : unasked(row, e.failure());
    }
    if (!use.isToBeVerified()) {
      return with(Act.REUSE, row, row.data());
    }
    VerifyStored verify = new VerifyStored(resource, row, context);
    VerifyStored.Verification seen = verify.glance();
    if (seen instanceof VerifyStored.Verification.Exists exists) {
      return with(Act.VERIFY, row, exists.data());
    }
    if (seen instanceof VerifyStored.Verification.Unknown unknown) {
      return unasked(row, unknown.failure());
    }
    List<String> reasons = new ArrayList<>(List.of("the API says that it is gone"));
    if (verify.mayLag()) {
      reasons.add("it is so young that the API is asked once more before it is made again");
    }
    return new Preview(Act.RECREATE, null, List.of(), reasons, null);
  }

  private static Preview unasked(StoredResource row, Failure why) {
    return new Preview(Act.VERIFY, row.data(), List.of(), List.of(), why);
  }

  /** What becomes of an object that was made with other arguments. */
  private Preview with(Act act, StoredResource row, @Nullable JsonNode data) {
    if (arguments == null || AskedFor.isAsStored(row, plan)) {
      return Preview.of(act, data);
    }
    PlanUpdate change = new PlanUpdate(resource, update, plan, row);
    List<FieldDifference> differs = change.differs();
    return switch (context.options().onChange()) {
      case KEEP ->
          new Preview(act, data, differs, List.of("kept as it was made (onChange: keep)"), null);
      case UPDATE ->
          change
              .obstacle()
              .map(why -> new Preview(act, data, differs, List.of("it would fail: " + why), null))
              .orElseGet(
                  () ->
                      new Preview(
                          Act.UPDATE,
                          null,
                          differs,
                          List.of("changed in place (onChange: update)"),
                          null));
      case FAIL -> failing(act, data, differs, "onChange: fail");
      case REPLACE ->
          resource.delete() == null
              ? failing(act, data, differs, resource.type() + " has no delete to replace it by")
              : new Preview(
                  Act.RECREATE,
                  null,
                  differs,
                  List.of("deleted and made anew (onChange: replace)"),
                  null);
    };
  }

  private static Preview failing(
      Act act, @Nullable JsonNode data, List<FieldDifference> differs, String why) {
    return new Preview(
        act, data, differs, List.of("it would fail with ARGUMENTS_CHANGED (" + why + ")"), null);
  }

  private Preview absent(StoredResource row) throws InterruptedException {
    boolean again = row.tombstone() != null && row.tombstone().isToBeRecreated();
    Act act = again ? Act.RECREATE : Act.CREATE;
    try {
      context.http();
      plan.refuseAfterDelete(row);
      return isTaken()
          ? Preview.of(Act.ADOPT, "an object of its name exists (adopt: onConflict)")
          : Preview.of(act);
    } catch (MethodException e) {
      return Preview.of(act, "it would fail: " + e.failure().message());
    }
  }

  private boolean isTaken() throws MethodException, InterruptedException {
    return arguments != null
        && resource.reconcile().withoutToken() instanceof Reconcile.ClientId
        && Boolean.TRUE.equals(new LookBefore(resource, arguments, context).run());
  }
}
