package dev.pawl.model.rest;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;

/** Waits until the API no longer shows what was deleted. */
final class AwaitGone {
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
    Patience patience = new Patience(context);
    while (!(verify.glance() instanceof VerifyStored.Verification.Gone)) {
      if (patience.isOver()) {
        throw MethodException.notMade(
            Failure.of(
                Reason.DEADLINE,
                row.key()
                    + " was deleted to be replaced, and the API still shows "
                    + row.externalId()
                    + " after "
                    + patience.waited().toSeconds()
                    + " s; run again to make the new one"));
      }
      context.waitingFor(row.key().instance() + " to be gone, so that it can be made anew");
      patience.pause();
    }
  }
}
