package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Pacer;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.data.StoredResource.OpenClaim;
import dev.pawl.model.rest.ClientMarks;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Gives one of all clients that ask the right to run a create, in any language, themselves. */
public final class ClaimForClient {
  private static final Duration FIRST_LOOK = Duration.ofMillis(20);
  private static final Duration SLOWEST_LOOK = Duration.ofMillis(250);

  private final DataStore data;
  private final Timing timing;
  private final Pacer pacer;

  /**
   * What a client asks for.
   *
   * @param mode CREATE or RECONCILE
   * @param lease above zero, at most 10 minutes
   * @param patience how long to wait for another holder; zero for not at all
   * @param gone whether the client no longer listens: then nothing more is granted
   */
  public record Command(
      ResourceKey key,
      String fingerprint,
      Duration lease,
      Duration patience,
      ClaimMode mode,
      String holder,
      String account,
      BooleanSupplier gone) {
    public Command {
      requireNonNull(key, "key");
      requireNonNull(fingerprint, "fingerprint");
      requireNonNull(lease, "lease");
      requireNonNull(patience, "patience");
      requireNonNull(holder, "holder");
      requireNonNull(account, "account");
      requireNonNull(gone, "gone");
      if (mode == ClaimMode.CHANGE) {
        throw new IllegalArgumentException("clients claim to create or to reconcile");
      }
    }
  }

  /** What there is for the client to do. */
  public sealed interface Answer {
    /** Nothing: it exists. */
    record Existing(StoredResource row) implements Answer {}

    /** Nothing, before the doubt is resolved. */
    record InDoubt(StoredResource row, List<Evidence> evidence) implements Answer {}

    /**
     * The create, or finding out about it.
     *
     * @param token for Complete, Abandon and Renew
     * @param evidence of the send in doubt; empty for CREATE
     * @param absenceProvableAt a look that finds nothing proves absence only after this; the epoch
     *     for CREATE
     */
    record Granted(
        String token,
        Claim claim,
        Instant leaseUntil,
        String marker,
        String requestToken,
        StoredResource row,
        List<Evidence> evidence,
        Instant absenceProvableAt)
        implements Answer {}
  }

  @Inject
  public ClaimForClient(DataStore data, Timing timing, Pacer pacer) {
    this.data = data;
    this.timing = timing;
    this.pacer = pacer;
  }

  /**
   * Asks, and waits for another holder as long as the command says.
   *
   * @throws ServerFailure CLAIM_HELD, or NOT_IN_DOUBT in RECONCILE mode when nothing is there
   */
  public Answer run(Command command) throws InterruptedException {
    long started = pacer.nanoTime();
    Duration look = FIRST_LOOK;
    while (true) {
      StoredResource row = data.read(command.key());
      Optional<Answer> answer = answer(command, row);
      if (answer.isPresent()) {
        return answer.get();
      }
      Duration left = command.patience().minusNanos(pacer.nanoTime() - started);
      if (left.isNegative() || left.isZero() || command.gone().getAsBoolean()) {
        throw ClaimFailures.held(data.read(command.key()));
      }
      pacer.pause(look.compareTo(left) < 0 ? look : left);
      look = look.multipliedBy(2).compareTo(SLOWEST_LOOK) < 0 ? look.multipliedBy(2) : SLOWEST_LOOK;
    }
  }

  /** Empty while somebody else is at it. */
  private Optional<Answer> answer(Command command, StoredResource row) {
    boolean reconciles = command.mode() == ClaimMode.RECONCILE;
    return switch (row.effectiveState()) {
      case PRESENT -> Optional.of(new Answer.Existing(row));
      case IN_DOUBT ->
          reconciles
              ? claim(command, row)
              : Optional.of(new Answer.InDoubt(row, data.evidence(command.key())));
      case ABSENT, DELETED -> {
        if (reconciles) {
          throw ClaimFailures.notInDoubt(row, "claim it in CREATE mode to make it");
        }
        yield claim(command, row);
      }
      case CLAIMED -> Optional.empty();
    };
  }

  private Optional<Answer> claim(Command command, StoredResource row) {
    if (command.gone().getAsBoolean()) {
      // A grant that nobody hears of would leave a doubt for nothing.
      throw ClaimFailures.held(row);
    }
    ClaimAnswer answer =
        data.claim(
            new ClaimRequest(
                row,
                command.mode(),
                command.holder(),
                command.lease(),
                command.lease(),
                timing.processingAllowance(),
                command.fingerprint().isEmpty() ? null : command.fingerprint(),
                null));
    return answer instanceof ClaimAnswer.Granted granted
        ? Optional.of(grant(command, row, granted))
        : Optional.empty();
  }

  private Answer grant(Command command, StoredResource before, ClaimAnswer.Granted granted) {
    Claim claim = granted.claim();
    boolean reconciles = claim.mode() == ClaimMode.RECONCILE;
    Instant provable = reconciles ? absenceProvableAt(before) : Instant.EPOCH;
    String marker = ClientMarks.marker(data.installationId(), command.key(), claim.incarnation());
    String token =
        new ClaimTokens(data.installationId())
            .write(new ClientClaim(claim, command.account(), command.fingerprint(), provable));
    OpenClaim open = requireNonNull(granted.row().claim(), "a granted row has a claim");
    return new Answer.Granted(
        token,
        claim,
        open.leaseUntil(),
        marker,
        ClientMarks.requestToken(marker, claim.sendNumber()),
        granted.row(),
        reconciles ? data.evidence(command.key()) : List.of(),
        provable);
  }

  /**
   * The quarantine counts from the claim; a client that renewed may have sent as late as its lease
   * allowed.
   */
  private Instant absenceProvableAt(StoredResource inDoubt) {
    OpenClaim open = inDoubt.claim();
    if (open == null) {
      return inDoubt.readAt().plus(timing.processingAllowance());
    }
    Instant fromLease = open.leaseUntil().plus(timing.processingAllowance());
    return fromLease.isAfter(open.quarantineUntil()) ? fromLease : open.quarantineUntil();
  }
}
