package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewData;
import dev.pawl.server.store.PutDataAnswer;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/** Stores a version of a resource's data by hand. Asks no API; audited. */
public final class PutData {
  private static final String RPC = "PutData";

  private final DataStore data;
  private final ReadData read;
  private final SplitIdentity identity;
  private final IdempotencyKeys keys;

  @Inject
  public PutData(DataStore data, ReadData read, SplitIdentity identity, IdempotencyKeys keys) {
    this.data = data;
    this.read = read;
    this.identity = identity;
    this.keys = keys;
  }

  /**
   * What to store.
   *
   * @param externalId null keeps the stored one
   * @param account null keeps the stored one
   * @param expectedVersion 0: nothing may be stored yet; null: whichever
   * @param idempotencyKey null for none
   */
  public record Command(
      ResourceKey key,
      JsonNode data,
      @Nullable String externalId,
      @Nullable String account,
      @Nullable Long expectedVersion,
      @Nullable String idempotencyKey,
      String requester) {
    public Command {
      requireNonNull(key, "key");
      requireNonNull(data, "data");
      requireNonNull(requester, "requester");
    }
  }

  /**
   * The stored version.
   *
   * @param version that the call, or the first one with its key, has stored
   * @param replayed whether an earlier call with the same key had stored it
   */
  public record Result(ReadData.Found found, long version, boolean replayed) {}

  /**
   * Stores it.
   *
   * @throws ServerFailure VERSION_CHANGED, CLAIM_HELD, IN_DOUBT, IDEMPOTENCY_KEY_REUSED,
   *     IDEMPOTENCY_KEY_EXPIRED, INVALID_FIELD for an external id that is not the model's
   * @throws MethodException EXTERNAL_ID_OWNED, LIMIT_EXCEEDED
   */
  public Result run(Command command) throws MethodException {
    Idempotency key = keys.of(RPC, command.idempotencyKey(), () -> payload(command));
    PutDataAnswer answer =
        data.put(
            new NewData(
                command.key(),
                command.data(),
                command.externalId(),
                identity.run(command.key(), command.externalId()),
                command.account(),
                command.expectedVersion(),
                command.requester(),
                key));
    return switch (answer) {
      case PutDataAnswer.Stored stored -> {
        long version = stored.row().version();
        yield new Result(read.find(command.key(), version), version, false);
      }
      case PutDataAnswer.Known known -> replayed(command, known.first(), requireNonNull(key));
      case PutDataAnswer.Refused refused -> throw refusal(refused.row(), command);
    };
  }

  private static ObjectNode payload(Command command) {
    ObjectNode request = Json.object();
    request
        .putObject("key")
        .put("model_type", command.key().modelType())
        .put("instance", command.key().instance())
        .put("output_spec", command.key().outputSpec());
    request.set("data", command.data());
    if (command.externalId() != null) {
      request.put("external_id", command.externalId());
    }
    if (command.account() != null) {
      request.put("account", command.account());
    }
    if (command.expectedVersion() != null) {
      request.put("expected_version", command.expectedVersion());
    }
    return request;
  }

  private Result replayed(Command command, KnownKey first, Idempotency key) {
    IdempotencyKeys.refuseOther(first, key);
    JsonNode answer = requireNonNull(first.answer(), "a key that is not expired has its answer");
    long version = answer.path("version").asLong();
    return new Result(read.find(command.key(), version), version, true);
  }

  private static ServerFailure refusal(StoredResource row, Command command) {
    return switch (row.effectiveState()) {
      case CLAIMED -> ClaimFailures.held(row);
      case IN_DOUBT -> ClaimFailures.inDoubt(row);
      case ABSENT, PRESENT, DELETED ->
          ClaimFailures.versionChanged(
              row, command.expectedVersion() == null ? 0 : command.expectedVersion());
    };
  }
}
