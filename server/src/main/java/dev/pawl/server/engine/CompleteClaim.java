package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.Tombstone;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Stores what a client has made, or found, under its claim. */
public final class CompleteClaim {
  private final DataStore data;

  /**
   * What the client has.
   *
   * @param externalId the API's id; null where there is none
   * @param account null: the one given to the claim
   */
  public record Command(
      String token, JsonNode data, @Nullable String externalId, @Nullable String account) {
    public Command {
      requireNonNull(token, "token");
      requireNonNull(data, "data");
    }
  }

  /** What the call did. */
  public enum Effect {
    COMPLETED,
    DOUBT_RESOLVED,
    REPEATED
  }

  /** The row, and what the call did. */
  public record Result(StoredResource row, Effect effect) {}

  @Inject
  public CompleteClaim(DataStore data) {
    this.data = data;
  }

  /**
   * Completes; repeating it with the same data changes nothing.
   *
   * @throws ServerFailure DUPLICATE when it is present with another id
   * @throws MethodException CLAIM_STALE or EXTERNAL_ID_OWNED
   */
  public Result run(Command command) throws MethodException {
    ClientClaim held = new ClaimTokens(data.installationId()).read(command.token());
    Claim claim = held.claim();
    StoredResource before = data.read(claim.key());
    if (isStored(before, claim, command)) {
      return new Result(before, Effect.REPEATED);
    }
    try {
      StoredResource row = data.complete(claim, completion(held, before, command));
      boolean late = before.effectiveState() == ResourceState.IN_DOUBT;
      return new Result(row, late ? Effect.DOUBT_RESOLVED : Effect.COMPLETED);
    } catch (MethodException e) {
      return refused(e, claim, command);
    }
  }

  private Result refused(MethodException e, Claim claim, Command command) throws MethodException {
    StoredResource now = data.read(claim.key());
    if (e.failure().reason() != Reason.CLAIM_STALE) {
      throw e;
    }
    if (isStored(now, claim, command)) {
      return new Result(now, Effect.REPEATED);
    }
    if (now.state() == ResourceState.PRESENT
        && now.incarnation() == claim.incarnation()
        && command.externalId() != null
        && now.externalId() != null
        && !command.externalId().equals(now.externalId())) {
      throw ClaimFailures.duplicate(now, command.externalId(), now.externalId());
    }
    throw e;
  }

  private static boolean isStored(StoredResource row, Claim claim, Command command) {
    return row.state() == ResourceState.PRESENT
        && row.incarnation() == claim.incarnation()
        && row.fencingToken() >= claim.fencingToken()
        && Objects.equals(row.externalId(), command.externalId())
        && row.data() != null
        && Json.canonical(row.data()).equals(Json.canonical(command.data()));
  }

  private static Completion completion(ClientClaim held, StoredResource before, Command command) {
    String account = command.account() == null ? held.account() : command.account();
    return new Completion(
        command.data(),
        command.externalId(),
        account.isEmpty() ? null : account,
        Json.object(),
        null,
        held.fingerprint().isEmpty() ? null : held.fingerprint(),
        outcome(held.claim().mode(), before));
  }

  private static Outcome outcome(ClaimMode mode, StoredResource before) {
    if (mode == ClaimMode.RECONCILE) {
      return Outcome.ADOPTED;
    }
    Tombstone tombstone = before.tombstone();
    return tombstone != null && tombstone.isToBeRecreated() ? Outcome.RECREATED : Outcome.CREATED;
  }
}
