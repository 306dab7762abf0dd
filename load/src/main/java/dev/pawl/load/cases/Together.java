package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Has many operations done, a few at once. */
final class Together {
  private static final int AT_ONCE = 8;
  private static final long SECONDS = 300;

  private Together() {}

  /** Does the operations 0 to n - 1; fails with the first that failed. */
  static void run(int n, Operation operation)
      throws ExecutionException, InterruptedException, TimeoutException {
    CompletableFuture<Void> failed = new CompletableFuture<>();
    Semaphore free = new Semaphore(AT_ONCE);
    for (int i = 0; i < n && !failed.isDone(); i++) {
      acquire(free, 1);
      operation.start(
          i,
          failure -> {
            if (failure != null) {
              failed.completeExceptionally(failure);
            }
            free.release();
          });
    }
    acquire(free, AT_ONCE);
    if (failed.isDone()) {
      failed.get();
    }
  }

  private static void acquire(Semaphore free, int permits)
      throws InterruptedException, TimeoutException {
    if (!free.tryAcquire(permits, SECONDS, TimeUnit.SECONDS)) {
      throw new TimeoutException("no answer within " + SECONDS + " s");
    }
  }
}
