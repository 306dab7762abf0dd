package dev.pawl.server.engine;

import dev.pawl.server.store.KeyStore;
import jakarta.inject.Inject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shrinks idempotency keys past their retention to tombstones, batch by batch. */
final class ShrinkKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ShrinkKeys.class);

  /** So many requests of up to a megabyte are let go in one commit. */
  private static final int AT_ONCE = 500;

  private final KeyStore store;

  @Inject
  ShrinkKeys(KeyStore store) {
    this.store = store;
  }

  /** Until no more are due; what fails is tried again the next time. */
  void run() {
    int all = 0;
    int batch;
    do {
      batch = store.shrink(AT_ONCE);
      all += batch;
    } while (batch == AT_ONCE);
    if (all > 0) {
      LOG.info("{} idempotency key(s) are past their retention; their answers were let go", all);
    }
  }
}
