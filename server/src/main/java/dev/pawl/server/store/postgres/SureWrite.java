package dev.pawl.server.store.postgres;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jooq.exception.DataAccessException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes that compare what they change. When the connection breaks under one, PostgreSQL may have
 * committed it or not, and may even be about to: it is written again, and where that finds nothing
 * left to change, the row says by its key whether the first one did. Nothing is assumed.
 */
final class SureWrite {
  /** So long a broken connection is tried anew, measured from the first attempt. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);
  private static final Logger LOG = LoggerFactory.getLogger(SureWrite.class);

  private final Database database;

  SureWrite(Database database) {
    this.database = database;
  }

  /**
   * Writes.
   *
   * @param write empty when the row is no longer what it compares with
   * @param reread the row if it is as this very write leaves it; asked only once an answer was lost
   * @return empty when the row was no longer what the write compares with, and not by its own doing
   * @throws DataAccessException the first one, when the database does not come back in time
   */
  <T> Optional<T> run(Supplier<Optional<T>> write, Supplier<Optional<T>> reread) {
    long begun = System.nanoTime();
    Duration pause = FIRST_PAUSE;
    DataAccessException lost = null;
    while (true) {
      try {
        Optional<T> written = write.get();
        return written.isPresent() || lost == null ? written : reread.get();
      } catch (DatabaseUnavailable e) {
        // Of the repetition nothing was begun; of what was written first nobody knows.
        if (lost == null) {
          throw e;
        }
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw lost;
        }
      } catch (DataAccessException e) {
        if (!SqlStates.isBrokenConnection(e)) {
          throw e;
        }
        if (lost == null) {
          lost = e;
          LOG.warn(
              "a write's answer was lost with its connection; it is tried again and read back: {}",
              e.getMessage());
        }
        if (System.nanoTime() - begun > PATIENCE.toNanos()) {
          throw lost;
        }
        database.connectAnew();
      }
      rest(pause);
      Duration next = pause.multipliedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : next;
    }
  }

  /** A write that changes nothing more when it is repeated. */
  <T> T repeatable(Supplier<T> write) {
    return run(() -> Optional.of(write.get()), Optional::empty).orElseThrow();
  }

  /** An interrupt tells a call to stop, not what it must write down; it is kept for afterwards. */
  private static void rest(Duration pause) {
    boolean interrupted = false;
    long end = System.nanoTime() + pause.toNanos();
    try {
      while (true) {
        try {
          TimeUnit.NANOSECONDS.sleep(Math.max(0, end - System.nanoTime()));
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
