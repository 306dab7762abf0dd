package dev.pawl.server.engine;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells each change of health once. */
final class Health {
  private static final Logger LOG = LoggerFactory.getLogger(Health.class);

  private final BooleanSupplier healthy;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable HealthListener listener;
  private boolean told;

  Health(BooleanSupplier healthy) {
    this.healthy = healthy;
  }

  /** Tells how it is now, and each change from now on. */
  void watch(HealthListener who) {
    lock.lock();
    try {
      listener = who;
      told = healthy.getAsBoolean();
      say(who);
    } finally {
      lock.unlock();
    }
  }

  /** To be called whenever it may have changed. */
  void tell() {
    lock.lock();
    try {
      boolean now = healthy.getAsBoolean();
      if (listener != null && now != told) {
        told = now;
        LOG.warn(
            now
                ? "this server can work again, and says so"
                : "this server can't work with its database, and says NOT_SERVING until it can");
        say(listener);
      }
    } finally {
      lock.unlock();
    }
  }

  private void say(HealthListener who) {
    if (told) {
      who.canWork();
    } else {
      who.cannotWork();
    }
  }
}
