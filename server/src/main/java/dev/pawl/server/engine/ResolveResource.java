package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.store.AuditNote;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settles a doubt by somebody's decision. The object is looked at first, and only then the row is
 * claimed, as it was read: so nobody waits for a look, and nothing that happened meanwhile is
 * overwritten.
 */
public final class ResolveResource {
  private final DataStore data;
  private final ReadForAdoption read;
  private final Timing timing;

  /** What was decided. */
  public sealed interface Decision {
    /**
     * This is the object.
     *
     * @param externalId empty where it has none
     * @param data its attributes, for what can't be read; null: they are read
     * @param account null: the connection's, or none
     */
    record Adopt(String externalId, @Nullable JsonNode data, @Nullable String account)
        implements Decision {}

    /** There is none. */
    record Absent() implements Decision {}
  }

  /**
   * A decision about a key.
   *
   * @param reason kept in the audit
   * @param expectedToken of the doubt that was seen; null: whichever
   */
  public record Command(
      ResourceKey key,
      Decision decision,
      String reason,
      @Nullable Long expectedToken,
      String requester) {
    public Command {
      requireNonNull(key, "key");
      requireNonNull(decision, "decision");
      requireNonNull(reason, "reason");
      requireNonNull(requester, "requester");
    }
  }

  /** The settled row, and what its decider should read. */
  public record Result(StoredResource row, List<String> warnings) {
    public Result {
      warnings = List.copyOf(warnings);
    }
  }

  @Inject
  public ResolveResource(DataStore data, LookAtObjects look, SplitIdentity split, Timing timing) {
    this.data = data;
    this.read = new ReadForAdoption(look, split);
    this.timing = timing;
  }

  /**
   * Settles.
   *
   * @throws ServerFailure NOT_FOUND, NOT_IN_DOUBT, CLAIM_HELD, VERSION_CHANGED, ACCOUNT_MISMATCH,
   *     INVALID_FIELD
   * @throws MethodException EXTERNAL_ID_OWNED, LIMIT_EXCEEDED, or why the object could not be read
   */
  public Result run(Command command) throws MethodException, InterruptedException {
    StoredResource row = data.read(command.key());
    requireDoubt(row, command);
    return switch (command.decision()) {
      case Decision.Adopt adopt -> adopt(command, adopt, row);
      case Decision.Absent absent -> absent(command, row);
    };
  }

  private static void requireDoubt(StoredResource row, Command command) {
    if (row.effectiveState() == ResourceState.CLAIMED) {
      throw ClaimFailures.held(row);
    }
    if (row.effectiveState() != ResourceState.IN_DOUBT) {
      if (row.version() == 0 && row.fencingToken() == 0) {
        throw ClaimFailures.notFound(row.key().toString());
      }
      throw ClaimFailures.notInDoubt(row, "'pawl data get' shows what is stored");
    }
    if (command.expectedToken() != null && command.expectedToken() != row.fencingToken()) {
      throw changed(row);
    }
  }

  private Result adopt(Command command, Decision.Adopt adopt, StoredResource row)
      throws MethodException, InterruptedException {
    ReadForAdoption.Adopted found = read.run(row, adopt);
    Intent intent = intent(row);
    ObjectNode arguments = intent == null ? null : intent.arguments();
    ObjectNode detail =
        detail(command, row).put("resolution", "ADOPTED").put("read", found.isRead());
    DataStore audited =
        audited(command, detail, " is the object " + String.valueOf(found.externalId()));
    StoredResource now =
        audited.complete(
            claim(command, row).claim(),
            new Completion(
                found.data(),
                found.externalId(),
                found.account(),
                found.identity(),
                arguments,
                arguments == null ? null : Json.fingerprint(arguments),
                found.outcome()));
    return new Result(now, found.warnings());
  }

  private Result absent(Command command, StoredResource row) throws MethodException {
    List<String> warnings = warnings(row);
    ObjectNode detail = detail(command, row).put("resolution", "ABSENT");
    warnings.forEach(detail.withArray("warnings")::add);
    StoredResource now =
        audited(command, detail, " does not exist")
            .abandon(
                claim(command, row).claim(),
                new Evidence(
                    command.requester() + " decided that nothing was made",
                    Json.object().put("reason", command.reason())));
    return new Result(now, warnings);
  }

  private static List<String> warnings(StoredResource row) {
    List<String> warnings = new ArrayList<>();
    OpenClaim open = row.claim();
    if (open != null && open.quarantineUntil().isAfter(row.readAt())) {
      warnings.add(
          "what was sent may still be carried out until "
              + open.quarantineUntil()
              + "; look once more then, before the next create");
    }
    Intent intent = intent(row);
    if (intent != null && intent.made()) {
      warnings.add(
          "the API had said that it made it, without an id; if it still exists, the next create"
              + " makes a second one");
    }
    return warnings;
  }

  /** Held only for the write that follows; a lease that runs out leaves the doubt as it was. */
  private ClaimAnswer.Granted claim(Command command, StoredResource row) {
    ClaimAnswer answer =
        data.claim(
            new ClaimRequest(
                row,
                ClaimMode.RECONCILE,
                "a ResolveResource of " + command.requester(),
                timing.lease(),
                Duration.ZERO,
                Duration.ZERO,
                null,
                null));
    if (answer instanceof ClaimAnswer.Granted granted) {
      return granted;
    }
    requireDoubt(answer.row(), command);
    throw changed(answer.row());
  }

  private DataStore audited(Command command, ObjectNode detail, String decided) {
    return data.audited(
        new AuditNote(
            command.requester(),
            "DOUBT_RESOLVED",
            command.requester()
                + " decided that "
                + command.key()
                + decided
                + ": "
                + command.reason(),
            detail));
  }

  private static ObjectNode detail(Command command, StoredResource row) {
    ObjectNode detail =
        Json.object()
            .put("reason", command.reason())
            .put("fencingToken", row.fencingToken())
            .put("sendNumber", row.sendNumber());
    OpenClaim open = row.claim();
    if (open != null) {
      detail.put("holder", open.holder()).put("sentAt", open.sentAt().toString());
    }
    return detail;
  }

  static @Nullable Intent intent(StoredResource row) {
    OpenClaim open = row.claim();
    return open == null ? null : open.intent();
  }

  private static ServerFailure changed(StoredResource row) {
    return ServerFailure.of(
            Reason.Code.ABORTED,
            "VERSION_CHANGED",
            row.key()
                + " is in doubt under the fencing token "
                + row.fencingToken()
                + " by now, not under the one that was looked at; read it again")
        .with(
            Map.of(
                "version",
                Long.toString(row.version()),
                "fencing_token",
                Long.toString(row.fencingToken())));
  }
}
