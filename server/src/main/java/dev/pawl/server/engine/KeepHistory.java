package dev.pawl.server.engine;

import dev.pawl.server.store.HistoryStore;
import jakarta.inject.Inject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes room for the history to come, and removes runs past their retention with theirs. */
final class KeepHistory {
  private static final Logger LOG = LoggerFactory.getLogger(KeepHistory.class);

  /** So many runs go in one commit. */
  private static final int AT_ONCE = 100;

  private static final Duration MONTH = Duration.ofDays(30);
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration DAY = Duration.ofDays(1);

  private final HistoryStore store;
  private final @Nullable Duration retention;

  @Inject
  KeepHistory(HistoryStore store, EngineSettings settings) {
    this.store = store;
    this.retention = settings.runRetention();
  }

  /** What new runs will need. */
  void prepare() {
    store.prepare(width(retention));
  }

  /** All that is due; what fails is tried again the next time. */
  void run() {
    if (retention == null) {
      return;
    }
    int all = 0;
    int batch;
    do {
      batch = store.remove(retention, AT_ONCE);
      all += batch;
    } while (batch > 0);
    int pieces = store.drop(retention);
    if (all > 0 || pieces > 0) {
      store.removeDefinitions();
      LOG.info(
          "{} run(s) are past their retention and were removed, {} piece(s) of history with them",
          all,
          pieces);
    }
  }

  /** Few pieces, yet small enough that what is kept too long is at most half of what is asked. */
  static Duration width(@Nullable Duration retention) {
    if (retention == null || retention.compareTo(MONTH.multipliedBy(2)) >= 0) {
      return MONTH;
    }
    return retention.compareTo(WEEK.multipliedBy(2)) >= 0 ? WEEK : DAY;
  }
}
