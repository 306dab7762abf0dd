package dev.pawl.server.engine;

import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Forgets a resource's state; the object at the API lives on. */
public final class ForgetData {
  private static final int TRIES = 5;

  private final DataStore data;
  private final Timing timing;

  /**
   * The tombstone.
   *
   * @param notice what still exists at the API; empty if nothing does
   */
  public record Result(StoredResource row, String notice) {}

  @Inject
  public ForgetData(DataStore data, Timing timing) {
    this.data = data;
    this.timing = timing;
  }

  /**
   * Forgets; repeating it changes nothing.
   *
   * @param expectedVersion null: whichever is the latest
   * @throws ServerFailure NOT_FOUND, VERSION_CHANGED, CLAIM_HELD or IN_DOUBT
   * @throws MethodException CLAIM_STALE when the row was changed at the same moment
   */
  public Result run(ResourceKey key, @Nullable Long expectedVersion, String requester)
      throws MethodException {
    StoredResource row = data.read(key);
    for (int i = 0; i < TRIES; i++) {
      Optional<Result> result = once(row, expectedVersion, requester);
      if (result.isPresent()) {
        return result.get();
      }
      row = data.read(key);
    }
    throw ClaimFailures.held(row);
  }

  /** Empty when the row changed under our hands. */
  private Optional<Result> once(
      StoredResource row, @Nullable Long expectedVersion, String requester) throws MethodException {
    return switch (row.effectiveState()) {
      case ABSENT -> throw ClaimFailures.notFound(row.key().toString());
      case CLAIMED -> throw ClaimFailures.held(row);
      case IN_DOUBT -> throw ClaimFailures.inDoubt(row);
      case DELETED -> Optional.of(new Result(row, ""));
      case PRESENT -> {
        if (expectedVersion != null && expectedVersion != row.version()) {
          throw ClaimFailures.versionChanged(row, expectedVersion);
        }
        yield bury(row, requester);
      }
    };
  }

  private Optional<Result> bury(StoredResource row, String requester) throws MethodException {
    ClaimAnswer answer =
        data.claim(
            new ClaimRequest(
                row,
                ClaimMode.CHANGE,
                "a DeleteData of " + requester,
                timing.lease(),
                timing.createDeadline(),
                timing.processingAllowance(),
                row.fingerprint(),
                null));
    if (answer instanceof ClaimAnswer.Granted granted) {
      StoredResource buried =
          data.audited(note(row, requester)).bury(granted.claim(), Tombstone.Cause.DELETED);
      return Optional.of(new Result(buried, notice(row)));
    }
    return Optional.empty();
  }

  private static AuditNote note(StoredResource row, String requester) {
    return new AuditNote(
        requester,
        "DATA_DELETED",
        requester
            + " forgot "
            + row.key()
            + (row.externalId() == null ? "" : "; the object " + row.externalId() + " lives on"),
        Json.object());
  }

  private static String notice(StoredResource row) {
    if (row.externalId() == null) {
      return "";
    }
    return "Only Pawl has forgotten "
        + row.key().modelType()
        + " "
        + row.key().instance()
        + ": the object "
        + row.externalId()
        + (row.account() == null ? "" : " of the account " + row.account())
        + " still exists at its API, and may still be billed. Delete it there if it is not wanted;"
        + " the next create makes a second one.";
  }
}
