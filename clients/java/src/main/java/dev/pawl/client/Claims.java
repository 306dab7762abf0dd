package dev.pawl.client;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Durations;
import com.google.protobuf.util.Timestamps;
import dev.pawl.v1.AbandonRequest;
import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.ClaimMode;
import dev.pawl.v1.ClaimRequest;
import dev.pawl.v1.ClaimResponse;
import dev.pawl.v1.CompleteRequest;
import dev.pawl.v1.Data;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.ResourceKey;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The claims of one createOrGet (DESIGN section 4, the client-run form). */
final class Claims {
  private static final Duration CALL = Duration.ofSeconds(30);
  private static final int MAX_REASON = 1024;

  private final DataRepositoryServiceBlockingStub repository;
  private final ScheduledExecutorService timer;
  private final ResourceKey key;
  private final CreateOptions options;

  Claims(
      DataRepositoryServiceBlockingStub repository,
      ScheduledExecutorService timer,
      ResourceKey key,
      CreateOptions options) {
    this.repository = repository;
    this.timer = timer;
    this.key = key;
    this.options = options;
  }

  /** An answer, and the monotonic time from before it was asked for. */
  private record Answer(ClaimResponse response, long askedAtNanos) {}

  CreateResult run(Create create, @Nullable Probe probe) throws Exception {
    while (true) {
      Answer answer = ask(ClaimMode.CLAIM_MODE_CREATE);
      switch (answer.response().getResultCase()) {
        case EXISTING -> {
          return reused(answer.response().getExisting());
        }
        case GRANTED -> {
          return make(answer, create);
        }
        default -> {
          if (probe == null) {
            throw new InDoubtException(answer.response().getInDoubt());
          }
          Optional<CreateResult> settled = reconcile(probe);
          if (settled.isPresent()) {
            return settled.get();
          }
        }
      }
    }
  }

  private static CreateResult reused(Data existing) {
    return new CreateResult(existing, CreateResult.Outcome.REUSED);
  }

  private Answer ask(ClaimMode mode) {
    long askedAt = System.nanoTime();
    ClaimRequest request =
        ClaimRequest.newBuilder()
            .setKey(key)
            .setFingerprint(options.fingerprint())
            .setAccount(options.account())
            .setHolder(options.holder())
            .setLease(Durations.fromNanos(options.lease().toNanos()))
            .setWait(Durations.fromNanos(options.claimWait().toNanos()))
            .setMode(mode)
            .build();
    return new Answer(within(options.claimWait().plus(CALL)).claim(request), askedAt);
  }

  private DataRepositoryServiceBlockingStub within(Duration time) {
    return repository.withDeadlineAfter(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  private CreateResult make(Answer answer, Create create) throws Exception {
    try (Lease lease = lease(answer)) {
      Grant grant = new Grant(answer.response().getGranted(), lease);
      Made made;
      try {
        made = create.run(grant);
      } catch (NotMadeException e) {
        // Any other failure leaves the claim to its lease, and the resource in doubt.
        abandon(grant, e);
        throw e;
      }
      return complete(grant, made, CreateResult.Outcome.CREATED);
    }
  }

  private Lease lease(Answer answer) {
    return new Lease(
        repository,
        answer.response().getGranted().getClaimToken(),
        options.lease(),
        answer.askedAtNanos(),
        timer);
  }

  private void abandon(Grant grant, NotMadeException because) {
    try {
      abandon(grant, String.valueOf(because.getMessage()));
    } catch (StatusRuntimeException e) {
      because.addSuppressed(e);
    }
  }

  /** Settles the doubt; empty when it turned out that the object does not exist. */
  private Optional<CreateResult> reconcile(Probe probe) throws Exception {
    Answer answer;
    try {
      answer = ask(ClaimMode.CLAIM_MODE_RECONCILE);
    } catch (StatusRuntimeException e) {
      if (Reasons.of(e).equals("NOT_IN_DOUBT")) {
        // It was settled meanwhile.
        return Optional.empty();
      }
      throw e;
    }
    if (answer.response().hasExisting()) {
      return Optional.of(reused(answer.response().getExisting()));
    }
    try (Lease lease = lease(answer)) {
      Grant grant = new Grant(answer.response().getGranted(), lease);
      Optional<Made> found = look(grant, probe);
      if (found.isPresent()) {
        return Optional.of(complete(grant, found.get(), CreateResult.Outcome.ADOPTED));
      }
      abandon(grant, "two complete looks after the quarantine found nothing");
      return Optional.empty();
    }
  }

  /** One look at once, which may find it; if not, the two that prove absence. */
  private Optional<Made> look(Grant grant, Probe probe) throws Exception {
    Optional<Made> atOnce = probe.look(grant);
    if (atOnce.isPresent()) {
      return atOnce;
    }
    pause(untilProvable(grant.granted()));
    Optional<Made> first = probe.look(grant);
    if (first.isPresent()) {
      return first;
    }
    pause(options.settle());
    return probe.look(grant);
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.NANOSECONDS.sleep(time.toNanos());
  }

  /** Both times are the database's, so their difference is right whatever this clock says. */
  private Duration untilProvable(ClaimGrant granted) {
    if (!granted.hasAbsenceProvableTime()) {
      return options.settle();
    }
    Timestamp grantedAt =
        Timestamps.subtract(
            granted.getLeaseExpireTime(), Durations.fromNanos(options.lease().toNanos()));
    long millis =
        Durations.toMillis(Timestamps.between(grantedAt, granted.getAbsenceProvableTime()));
    return Duration.ofMillis(Math.max(0, millis) + 1);
  }

  private CreateResult complete(Grant grant, Made made, CreateResult.Outcome outcome) {
    CompleteRequest.Builder request =
        CompleteRequest.newBuilder()
            .setClaimToken(grant.granted().getClaimToken())
            .setDataJson(made.dataJson());
    if (made.externalId() != null) {
      request.setExternalId(made.externalId());
    }
    if (made.account() != null) {
      request.setAccount(made.account());
    }
    try {
      return new CreateResult(within(CALL).complete(request.build()).getData(), outcome);
    } catch (StatusRuntimeException e) {
      // The object exists and Pawl does not know it: whoever handles this needs its id.
      e.addSuppressed(new IllegalStateException("made, and not stored: " + made));
      throw e;
    }
  }

  private void abandon(Grant grant, String reason) {
    String words = reason.isBlank() ? "not made" : reason;
    within(CALL)
        .abandon(
            AbandonRequest.newBuilder()
                .setClaimToken(grant.granted().getClaimToken())
                .setReason(words.substring(0, Math.min(MAX_REASON, words.length())))
                .build());
  }
}
