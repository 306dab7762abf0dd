package dev.pawl.model.data;

import dev.pawl.model.MethodException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Renews a claim while a body of unknown length runs. When a renewal is refused the claim is lost:
 * the running thread is interrupted, for what it does is no longer its own.
 */
final class KeepClaim implements AutoCloseable {
  private static final ScheduledExecutorService RENEWALS =
      Executors.newScheduledThreadPool(
          2,
          task -> {
            Thread thread = new Thread(task, "pawl-claim-renewals");
            thread.setDaemon(true);
            return thread;
          });

  private final DataRepository repository;
  private volatile Claim claim;
  private final Thread body;
  private final ScheduledFuture<?> renewals;

  KeepClaim(DataRepository repository, Claim claim) {
    this.repository = repository;
    this.claim = claim;
    this.body = Thread.currentThread();
    long every = Math.max(1, claim.lease().toMillis() / 3);
    this.renewals =
        RENEWALS.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  /** The claim as last renewed. */
  Claim current() {
    return claim;
  }

  private void renew() {
    try {
      claim = repository.renew(claim);
    } catch (MethodException e) {
      renewals.cancel(false);
      body.interrupt();
    } catch (RuntimeException e) {
      // The store may be back at the next turn; if not, the lease runs out by itself.
      if (claim.left(System.nanoTime()).isNegative()) {
        renewals.cancel(false);
        body.interrupt();
      }
    }
  }

  @Override
  public void close() {
    renewals.cancel(false);
  }
}
