package dev.pawl.model.rest;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;

/** Waits until the API no longer shows what was deleted. */
final class AwaitGone {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final RestResource resource;
  private final StoredResource row;
  private final MethodContext context;

  /**
   * @param row as it was before the delete
   */
  AwaitGone(RestResource resource, StoredResource row, MethodContext context) {
    this.resource = resource;
    this.row = row;
    this.context = context;
  }

  /**
   * Waits; at once where the API offers nothing to look with.
   *
   * @throws MethodException DEADLINE when it is still shown after the time for becoming ready
   */
  void run() throws MethodException, InterruptedException {
    if (!VerifyStored.isPossible(resource, row)) {
      return;
    }
    VerifyStored verify = new VerifyStored(resource, row, context);
    long started = context.pacer().nanoTime();
    Duration pause = FIRST_PAUSE;
    while (!(verify.glance() instanceof VerifyStored.Verification.Gone)) {
      Duration waited = Duration.ofNanos(context.pacer().nanoTime() - started);
      if (waited.compareTo(context.timing().readyWait()) > 0) {
        throw MethodException.notMade(
            Failure.of(
                Reason.DEADLINE,
                row.key()
                    + " was deleted to be replaced, and the API still shows "
                    + row.externalId()
                    + " after "
                    + waited.toSeconds()
                    + " s; run again to make the new one"));
      }
      context.waitingFor(row.key().instance() + " to be gone, so that it can be made anew");
      context.pacer().pause(pause);
      Duration longer = pause.multipliedBy(2);
      pause = longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer;
    }
  }
}
