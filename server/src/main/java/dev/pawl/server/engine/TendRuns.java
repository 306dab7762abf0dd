package dev.pawl.server.engine;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.RunStore;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes runs that nobody works on: abandoned, stranded here, due or queued. */
@Singleton
final class TendRuns {
  private static final Logger LOG = LoggerFactory.getLogger(TendRuns.class);
  private static final int AT_ONCE = 100;

  private final RunStore store;
  private final OwnedRuns owned;
  private final ExecutorName name;
  private final RecoverAbandonedRuns recover;
  private final CollectFiles collect;
  private Set<RunKey> missedBefore = Set.of();

  @Inject
  TendRuns(
      RunStore store,
      OwnedRuns owned,
      ExecutorName name,
      RecoverAbandonedRuns recover,
      CollectFiles collect) {
    this.store = store;
    this.owned = owned;
    this.name = name;
    this.recover = recover;
    this.collect = collect;
  }

  /**
   * Looks for all of them.
   *
   * @throws RuntimeException of the first that failed; the others were looked for all the same
   */
  synchronized void run() {
    RuntimeException failed = null;
    for (Runnable part :
        List.<Runnable>of(recover::run, this::takeStranded, this::claim, collect::sometimes)) {
      try {
        part.run();
      } catch (RuntimeException e) {
        if (failed == null) {
          failed = e;
        } else {
          failed.addSuppressed(e);
        }
      }
    }
    if (failed != null) {
      throw failed;
    }
  }

  /** Takes runs that are due, and queued ones as far as there is room then. */
  synchronized void claim() {
    claim(store::claimWoken);
    claim(store::claimQueued);
  }

  /** Takes runs for an executor, at most so many. */
  @FunctionalInterface
  private interface Claim {
    List<RunRecord> run(String executorId, int limit);
  }

  /**
   * A run whose claim was committed while its answer got lost is ours in the database, and in
   * nobody's hands. One that is missing only now may just be about to begin.
   */
  private void takeStranded() {
    Set<RunKey> missed = new HashSet<>(store.ownedBy(name.current()));
    missed.removeIf(owned::has);
    Set<RunKey> stranded = new HashSet<>(missed);
    stranded.retainAll(missedBefore);
    missedBefore = missed;
    stranded.forEach(key -> store.find(key).ifPresent(this::takeStranded));
  }

  private void takeStranded(RunRecord run) {
    boolean ours = name.current().equals(run.executorId()) && run.status() == RunStatus.RUNNING;
    if (!ours || owned.has(run.key())) {
      return;
    }
    boolean begun = store.steps(run.key()).stream().anyMatch(s -> s.attempt() == run.attempt());
    if (begun) {
      recover.run(run);
      return;
    }
    try (OwnedRuns.Room room = owned.room()) {
      LOG.info("run {} was claimed here without an answer; it begins now", run.key().runId());
      room.launch(run, null);
    }
  }

  private void claim(Claim claim) {
    List<OwnedRuns.Room> rooms = new ArrayList<>();
    try {
      while (rooms.size() < AT_ONCE) {
        OwnedRuns.Room room = owned.room();
        if (room.executor() == null) {
          break;
        }
        rooms.add(room);
      }
      if (!rooms.isEmpty()) {
        List<RunRecord> claimed = claim.run(name.current(), rooms.size());
        for (int i = 0; i < claimed.size(); i++) {
          rooms.get(i).launch(claimed.get(i), null);
        }
      }
    } finally {
      rooms.forEach(OwnedRuns.Room::close);
    }
  }
}
