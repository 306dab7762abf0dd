package dev.pawl.model.data;

import dev.pawl.model.MethodException;
import dev.pawl.model.Pacer;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

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
  private final Pacer pacer;
  private final ReentrantLock turn = new ReentrantLock();
  private Claim claim;
  private boolean ended;
  private final Thread body;
  private final ScheduledFuture<?> renewals;

  KeepClaim(DataRepository repository, Claim claim, Pacer pacer) {
    this.repository = repository;
    this.pacer = pacer;
    this.claim = claim;
    this.body = Thread.currentThread();
    long every = Math.max(1, claim.lease().toMillis() / 3);
    this.renewals =
        RENEWALS.scheduleWithFixedDelay(this::renew, every, every, TimeUnit.MILLISECONDS);
  }

  private void renew() {
    turn.lock();
    try {
      if (!ended) {
        claim = repository.renew(claim);
      }
    } catch (MethodException e) {
      lost();
    } catch (RuntimeException e) {
      // The store may be back at the next turn; if not, the lease runs out by itself.
      if (claim.left(pacer.nanoTime()).isNegative()) {
        lost();
      }
    } finally {
      turn.unlock();
    }
  }

  private void lost() {
    ended = true;
    renewals.cancel(false);
    body.interrupt();
  }

  /** Returns when no renewal is under way any more, so that none interrupts what comes after. */
  @Override
  public void close() {
    turn.lock();
    try {
      ended = true;
      renewals.cancel(false);
    } finally {
      turn.unlock();
    }
  }
}
