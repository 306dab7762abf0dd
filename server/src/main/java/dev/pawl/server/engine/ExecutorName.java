package dev.pawl.server.engine;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The name under which this process owns runs. After it was taken for dead it comes back under
 * another one: what it had under the old name must not look alive again.
 */
@Singleton
final class ExecutorName {
  private final String first;
  private final AtomicInteger lives = new AtomicInteger(1);

  @Inject
  ExecutorName(EngineSettings settings) {
    this.first = settings.executorId();
  }

  String current() {
    int life = lives.get();
    return life == 1 ? first : first + "~" + life;
  }

  void renew() {
    lives.incrementAndGet();
  }
}
