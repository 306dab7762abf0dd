package dev.pawl.cli.embedded;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a signal end a server in good order: the process stays until what the signal stopped has
 * cleaned up, its database included. Closed when that is done, before the process's own exit: an
 * exit waits for this in turn.
 */
public final class GracefulStop implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final CountDownLatch done = new CountDownLatch(1);

  /** On a signal, runs {@code stop} and waits for {@link #close}. */
  public void by(Runnable stop) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stop.run();
                  await();
                },
                "graceful-stop"));
  }

  private void await() {
    try {
      if (!done.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        System.err.println("pawl: stopped before everything was in order");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    done.countDown();
  }
}
