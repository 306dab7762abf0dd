package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.ApiObjects;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.NewData;
import dev.pawl.server.store.PutDataAnswer;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;

/**
 * Takes an object that exists at its API under a resource key. It is read first, and stored in one
 * write only if the key is then still free: there is no claim that could be left behind.
 */
public final class ImportResource {
  private final DataStore data;
  private final LookAtObjects look;
  private final ModelCatalog catalog;

  /**
   * An object and the key it is to have.
   *
   * @param arguments what is known of those of its create, such as its parents
   */
  public record Command(
      ResourceKey key, String externalId, ObjectNode arguments, String requester) {
    public Command {
      requireNonNull(key, "key");
      requireNonNull(externalId, "externalId");
      requireNonNull(arguments, "arguments");
      requireNonNull(requester, "requester");
    }
  }

  /**
   * The row.
   *
   * @param isAlreadyPresent whether it was so before, and nothing was stored
   */
  public record Result(StoredResource row, boolean isAlreadyPresent) {}

  @Inject
  public ImportResource(DataStore data, LookAtObjects look, ModelCatalog catalog) {
    this.data = data;
    this.look = look;
    this.catalog = catalog;
  }

  /**
   * Imports; repeating it changes nothing.
   *
   * @throws ServerFailure MODEL_NOT_FOUND, UNSUPPORTED_BY_MODEL, CLAIM_HELD, IN_DOUBT, DUPLICATE,
   *     ACCOUNT_MISMATCH, VERSION_CHANGED
   * @throws MethodException EXTERNAL_ID_OWNED, LIMIT_EXCEEDED, or why it could not be read
   */
  public Result run(Command command) throws MethodException, InterruptedException {
    ApiObjects objects = objects(command.key());
    String account = objects.account();
    StoredResource row = data.read(command.key());
    requireSettled(row);
    if (isPresent(row) && command.externalId().equals(row.externalId())) {
      return already(row, account);
    }
    SeenObject seen = objects.find(command.externalId(), command.arguments());
    if (isPresent(row)) {
      return present(row, seen, account);
    }
    return switch (data.put(imported(command, row, seen, account, objects))) {
      case PutDataAnswer.Stored stored -> new Result(stored.row(), false);
      case PutDataAnswer.Refused refused -> overtaken(refused.row(), row, seen, account);
      case PutDataAnswer.Known known -> throw new IllegalStateException("it has no key: " + known);
    };
  }

  private ApiObjects objects(ResourceKey key) {
    FindMethod.model(catalog, key.modelType());
    return look.of(key)
        .orElseThrow(
            () ->
                ServerFailure.of(
                    Reason.Code.FAILED_PRECONDITION,
                    Reason.UNSUPPORTED_BY_MODEL.name(),
                    "the model "
                        + key.modelType()
                        + " has no objects at an API that could be imported"));
  }

  private static void requireSettled(StoredResource row) {
    switch (row.effectiveState()) {
      case CLAIMED -> throw ClaimFailures.held(row);
      case IN_DOUBT ->
          throw ServerFailure.of(
              Reason.Code.FAILED_PRECONDITION,
              Reason.IN_DOUBT.name(),
              row.key()
                  + " is in doubt: a create was sent and its outcome is not known; if this is the"
                  + " object that it made, adopt it by ResolveResource (pawl data resolve"
                  + " --adopt)");
      case ABSENT, PRESENT, DELETED -> {}
    }
  }

  private static boolean isPresent(StoredResource row) {
    return row.effectiveState() == ResourceState.PRESENT;
  }

  private static Result already(StoredResource row, String account) {
    if (row.account() != null && !row.account().equals(account)) {
      throw ClaimFailures.accountMismatch(row, row.account(), account);
    }
    return new Result(row, true);
  }

  private static Result present(StoredResource row, SeenObject seen, String account) {
    if (seen.externalId().equals(row.externalId())) {
      return already(row, account);
    }
    throw ClaimFailures.duplicate(row, seen.externalId(), String.valueOf(row.externalId()));
  }

  private static Result overtaken(
      StoredResource now, StoredResource read, SeenObject seen, String account) {
    requireSettled(now);
    if (isPresent(now)) {
      return present(now, seen, account);
    }
    throw ClaimFailures.versionChanged(now, read.version());
  }

  private static NewData imported(
      Command command, StoredResource row, SeenObject seen, String account, ApiObjects objects) {
    return new NewData(
        command.key(),
        seen.data(),
        seen.externalId(),
        seen.identity(),
        account,
        row.version(),
        command.requester(),
        null,
        new NewData.Seen(
            objects.reads().comparable(command.arguments()),
            1,
            new AuditNote(
                command.requester(),
                "RESOURCE_IMPORTED",
                command.requester()
                    + " imported the object "
                    + seen.externalId()
                    + " as "
                    + command.key(),
                Json.object().put("stateBefore", row.effectiveState().name()))));
  }
}
