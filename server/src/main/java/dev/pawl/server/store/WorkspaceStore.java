package dev.pawl.server.store;

import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.SnapshotRecord;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The files of runs. Contents are stored first, in pieces that all runs of a namespace share; a
 * snapshot that names them is written with its step, by {@link RunStore#record}.
 */
public interface WorkspaceStore {
  /** The largest piece, in bytes: no file is held in memory whole. */
  int PIECE = 4 << 20;

  /** A run's snapshots, oldest first. */
  List<SnapshotRecord> snapshots(RunKey run);

  /** What a snapshot names. */
  Manifest manifest(RunKey run, SnapshotRecord snapshot);

  /**
   * Reserves what is stored already, so that it stays while the run needs it.
   *
   * @param blobs at most a thousand
   * @return those that are stored
   * @throws StaleRunException when the run has another generation or has ended
   */
  Set<String> reserve(RunKey run, long generation, Collection<String> blobs)
      throws StaleRunException;

  /**
   * Stores pieces by their SHA-256, and reserves them.
   *
   * @param blobs a few MiB together
   * @throws StaleRunException when the run has another generation or has ended
   */
  void store(RunKey run, long generation, Map<String, byte[]> blobs) throws StaleRunException;

  /** The contents of one piece that a snapshot names. */
  byte[] blob(String namespace, String sha256);

  /** Runs whose files nobody needs any more: they have succeeded, or are archived. */
  List<RunKey> collectable(int limit);

  /** Removes the files of a run that is collectable, and what no other run has reserved. */
  void collect(RunKey run);
}
