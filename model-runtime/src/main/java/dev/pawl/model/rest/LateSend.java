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
import dev.pawl.model.data.StoredResource;
import java.util.Optional;

/**
 * The last word about a send, also of a sender that was paused between its last look at the lease
 * and its first byte, and finds its claim lost when it comes to say what it did (DESIGN section 4,
 * rule 14). Where the row counts as absent by now, nobody else has made anything: it is claimed
 * again for what is known. Elsewhere the store keeps the word, and a look is owed.
 */
final class LateSend {
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
  StoredResource complete(Intent sent, Completion made) throws MethodException {
    return say(sent, under -> repository.complete(under, made));
  }

  /** It may have been made. */
  StoredResource doubt(Intent sent, Evidence why) throws MethodException {
    return say(sent, under -> repository.doubt(under, why));
  }

  /** It was made, and the answer does not say which it is. */
  StoredResource madeSomewhere(Intent sent, Evidence why) throws MethodException {
    try {
      repository.amend(claim, sent.asMade());
    } catch (MethodException e) {
      if (e.failure().reason() != Reason.CLAIM_STALE) {
        throw e;
      }
    }
    return doubt(sent.asMade(), why);
  }

  private StoredResource say(Intent sent, Word word) throws MethodException {
    try {
      return word.say(claim);
    } catch (MethodException e) {
      Optional<Claim> again =
          e.failure().reason() == Reason.CLAIM_STALE ? again(sent) : Optional.empty();
      if (again.isEmpty()) {
        throw e;
      }
      return word.say(again.get());
    }
  }

  /** A claim for what was sent, where the row counts as absent; empty where it does not. */
  private Optional<Claim> again(Intent sent) {
    StoredResource row = repository.read(claim.key());
    boolean absent =
        switch (row.effectiveState()) {
          case ABSENT, DELETED -> row.incarnation() == claim.incarnation();
          case CLAIMED, IN_DOUBT, PRESENT -> false;
        };
    if (!absent) {
      return Optional.empty();
    }
    ClaimAnswer answer =
        repository.claim(
            new ClaimRequest(
                row,
                ClaimMode.CREATE,
                context.caller().describe(),
                context.timing().lease(),
                context.timing().createDeadline(),
                context.timing().processingAllowance(),
                Json.fingerprint(sent.arguments()),
                sent));
    return answer instanceof ClaimAnswer.Granted granted
        ? Optional.of(granted.claim())
        : Optional.empty();
  }
}
