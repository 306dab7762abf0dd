package dev.pawl.server.engine;

import dev.pawl.model.Pacer;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.WorkspaceStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes the stored files of runs that nobody can go on with. */
@Singleton
final class CollectFiles {
  private static final Logger LOG = LoggerFactory.getLogger(CollectFiles.class);
  private static final Duration PAUSE = Duration.ofMinutes(1);
  private static final int AT_ONCE = 20;

  private final WorkspaceStore store;
  private final Pacer pacer;
  private @Nullable Long lastLook;

  @Inject
  CollectFiles(WorkspaceStore store, Pacer pacer) {
    this.store = store;
    this.pacer = pacer;
  }

  /** Of a run that has just succeeded. What fails here is taken up by {@link #sometimes}. */
  void of(RunKey run) {
    try {
      store.collect(run);
    } catch (RuntimeException e) {
      LOG.warn("the files of run {} are collected later: {}", run.runId(), e.getMessage());
    }
  }

  /** Looks for runs whose files were left, now and then. */
  synchronized void sometimes() {
    long now = pacer.nanoTime();
    if (lastLook == null || now - lastLook >= PAUSE.toNanos()) {
      lastLook = now;
      store.collectable(AT_ONCE).forEach(this::of);
    }
  }
}
