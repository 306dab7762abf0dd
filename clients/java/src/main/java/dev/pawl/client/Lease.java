package dev.pawl.client;

import com.google.protobuf.util.Durations;
import dev.pawl.v1.DataRepositoryServiceGrpc.DataRepositoryServiceBlockingStub;
import dev.pawl.v1.RenewRequest;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Renews a claim until closed. The lease counts from before the request was sent, on this machine's
 * monotonic clock: the holder always stops earlier than the server lets another one in.
 */
final class Lease implements AutoCloseable {
  private static final int RENEWALS = 3;
  private static final int RETRIES = 10;

  private final DataRepositoryServiceBlockingStub repository;
  private final String token;
  private final Duration length;
  private final ScheduledExecutorService timer;
  private volatile long endsAtNanos;
  private volatile boolean lost;
  private volatile boolean closed;

  /**
   * @param askedAtNanos {@link System#nanoTime()} from before the Claim was sent
   */
  Lease(
      DataRepositoryServiceBlockingStub repository,
      String token,
      Duration length,
      long askedAtNanos,
      ScheduledExecutorService timer) {
    this.repository = repository;
    this.token = token;
    this.length = length;
    this.timer = timer;
    this.endsAtNanos = askedAtNanos + length.toNanos();
    schedule(length.dividedBy(RENEWALS).toNanos());
  }

  boolean isHeld() {
    return !lost && !closed && left() > 0;
  }

  private long left() {
    return endsAtNanos - System.nanoTime();
  }

  private void schedule(long nanos) {
    if (!closed && !lost) {
      timer.schedule(this::renew, nanos, TimeUnit.NANOSECONDS);
    }
  }

  private void renew() {
    long askedAt = System.nanoTime();
    long left = endsAtNanos - askedAt;
    if (closed || left <= 0) {
      lost = true;
      return;
    }
    try {
      repository
          .withDeadlineAfter(left, TimeUnit.NANOSECONDS)
          .renew(
              RenewRequest.newBuilder()
                  .setClaimToken(token)
                  .setLease(Durations.fromNanos(length.toNanos()))
                  .build());
      endsAtNanos = askedAt + length.toNanos();
      schedule(length.dividedBy(RENEWALS).toNanos());
    } catch (StatusRuntimeException e) {
      // Refused: somebody else may have it. Anything else may pass while the lease lasts.
      boolean refused =
          e.getStatus().getCode() == Status.Code.ABORTED
              || e.getStatus().getCode() == Status.Code.INVALID_ARGUMENT;
      if (refused) {
        lost = true;
      } else {
        schedule(Math.min(length.dividedBy(RETRIES).toNanos(), Math.max(1, left())));
      }
    }
  }

  @Override
  public void close() {
    closed = true;
  }
}
