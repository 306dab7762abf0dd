package dev.pawl.server.store.postgres;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;

/**
 * One thread per connection, first come, first served.
 *
 * <p>Statements don't run on the caller's thread for two reasons: a connection pool hands its
 * connections back to running callers ahead of parked ones, who then starve; and an interrupt
 * closes the socket that a virtual thread reads from, which would cut a commit off half-way.
 */
final class Turns implements AutoCloseable {
  private final ExecutorService threads;
  private final int size;
  private final Duration patience;

  Turns(int size, Duration patience) {
    ThreadFactory factory = Thread.ofPlatform().daemon().name("pawl-database-", 1).factory();
    this.threads = Executors.newFixedThreadPool(size, factory);
    this.size = size;
    this.patience = patience;
  }

  /** Waits for a turn and for its end; an interrupt is kept for afterwards. */
  <T> T take(Callable<T> work) {
    long asked = System.nanoTime();
    try {
      return await(
          threads.submit(
              () -> {
                refuseLate(asked);
                return work.call();
              }));
    } catch (RejectedExecutionException e) {
      throw new DatabaseUnavailable("The database has been closed: Pawl is stopping.", e);
    }
  }

  private void refuseLate(long asked) {
    Duration waited = Duration.ofNanos(System.nanoTime() - asked);
    if (waited.compareTo(patience) > 0) {
      throw new DatabaseUnavailable(
          "All "
              + size
              + " database connections were busy for "
              + waited.toSeconds()
              + " s: nothing was begun, try again later.",
          null);
    }
  }

  private static <T> T await(Future<T> future) {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
        } catch (ExecutionException e) {
          throw unwrapped(e);
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static RuntimeException unwrapped(ExecutionException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error cause) {
      throw cause;
    }
    return new IllegalStateException(e.getCause());
  }

  /** Takes no more work, and lets what has begun end. */
  @Override
  public void close() {
    threads.close();
  }
}
