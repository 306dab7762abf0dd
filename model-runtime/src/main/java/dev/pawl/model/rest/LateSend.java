package dev.pawl.model.rest;

import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last word about a send, also of a sender that was paused between its last look at the lease
 * and its first byte, and finds its claim lost when it comes to say what it did (DESIGN section 4,
 * rule 14). Where the row counts as absent by now, or is in doubt about the very send, it is
 * claimed again for what is known. Elsewhere the store keeps the word, and a look is owed.
 */
final class LateSend {
  private static final Duration LOOK = Duration.ofMillis(250);

  private final Claim claim;
  private final MethodContext context;
  private final DataRepository repository;

  LateSend(Claim claim, MethodContext context) {
    this.claim = claim;
    this.context = context;
    this.repository = context.dataRepository();
  }

  private interface Word {
    StoredResource say(Claim under) throws MethodException;
  }

  /** It was made, and this is it. */
  StoredResource complete(Intent sent, Completion made)
      throws MethodException, InterruptedException {
    return say(sent, under -> repository.complete(under, made));
  }

  /** It may have been made. */
  StoredResource doubt(Intent sent, Evidence why) throws MethodException, InterruptedException {
    return say(sent, under -> repository.doubt(under, why));
  }

  /** It may have been made, says a caller that is cancelled, and waits for nobody. */
  StoredResource doubtAndLeave(Intent sent, Evidence why) throws MethodException {
    try {
      return repository.doubt(claim, why);
    } catch (MethodException e) {
      Optional<Claim> again = isStale(e) ? again(sent) : Optional.empty();
      if (again.isEmpty()) {
        throw e;
      }
      return repository.doubt(again.get(), why);
    }
  }

  /**
   * The answer leaves it in doubt, and says something that resolves it.
   *
   * @param sent with what was learned
   */
  StoredResource learned(Intent sent, Evidence why) throws MethodException, InterruptedException {
    try {
      return say(
          sent,
          under -> {
            repository.amend(under, sent);
            return repository.doubt(under, why);
          });
    } catch (MethodException e) {
      if (!isStale(e)) {
        throw e;
      }
      return repository.doubt(claim, why);
    }
  }

  private static boolean isStale(MethodException e) {
    return e.failure().reason() == Reason.CLAIM_STALE;
  }

  private StoredResource say(Intent sent, Word word) throws MethodException, InterruptedException {
    try {
      return word.say(claim);
    } catch (MethodException e) {
      Optional<Claim> again = Optional.empty();
      if (isStale(e)) {
        awaitHolder();
        again = again(sent);
      }
      if (again.isEmpty()) {
        throw e;
      }
      return word.say(again.get());
    }
  }

  /** Who has the claim now may make nothing, and then this is the only one that did. */
  private void awaitHolder() throws InterruptedException {
    long started = context.pacer().nanoTime();
    while (repository.read(claim.key()).effectiveState() == ResourceState.CLAIMED
        && context.pacer().nanoTime() - started < context.timing().claimWait().toNanos()) {
      context.waitingFor("the claim on " + claim.key() + ", lost during the send");
      context.pacer().pause(LOOK);
    }
  }

  /** A claim for what was sent, where the row counts as absent; empty where it does not. */
  private Optional<Claim> again(Intent sent) {
    StoredResource row = repository.read(claim.key());
    if (row.incarnation() != claim.incarnation()) {
      return Optional.empty();
    }
    return switch (row.effectiveState()) {
      case ABSENT, DELETED -> claim(row, ClaimMode.CREATE, sent);
      case IN_DOUBT ->
          row.sendNumber() == claim.sendNumber()
              ? claim(row, ClaimMode.RECONCILE, null)
              : Optional.empty();
      case CLAIMED, PRESENT -> Optional.empty();
    };
  }

  private Optional<Claim> claim(StoredResource row, ClaimMode mode, @Nullable Intent sent) {
    boolean sends = mode == ClaimMode.CREATE;
    ClaimAnswer answer =
        repository.claim(
            new ClaimRequest(
                row,
                mode,
                context.caller().describe(),
                context.timing().lease(),
                sends ? context.timing().createDeadline() : Duration.ZERO,
                sends ? context.timing().processingAllowance() : Duration.ZERO,
                sent == null ? null : Json.fingerprint(sent.arguments()),
                sent));
    return answer instanceof ClaimAnswer.Granted granted
        ? Optional.of(granted.claim())
        : Optional.empty();
  }
}
