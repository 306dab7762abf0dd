package dev.pawl.server.engine;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.files.RestoreFolder;
import dev.pawl.server.files.ScanFolder;
import dev.pawl.server.files.SendPieces;
import dev.pawl.server.files.WorkspaceFolders;
import dev.pawl.server.run.Manifest;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.SnapshotRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.WorkspaceStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The files of a run while an attempt of it is worked on here. One step uses them at a time, so
 * that every snapshot is a state that really existed. The folder is a cache of the newest snapshot;
 * after a step that did not succeed it is given up, and made anew for the next.
 */
final class RunFiles implements AutoCloseable {
  private static final int AT_ONCE = 1000;

  private final RunRecord run;
  private final KeptFiles kept;
  private final WorkspaceStore store;
  private final WorkspaceFolders folders;
  private final RunJournal journal;

  /** Fair: who asks first is served first. */
  private final Semaphore turn = new Semaphore(1, true);

  private volatile String user = "";

  /** Only the holder of the turn touches these. */
  private @Nullable Manifest head;

  private @Nullable ConfinedFolder folder;

  RunFiles(
      RunRecord run,
      KeptFiles kept,
      WorkspaceStore store,
      WorkspaceFolders folders,
      RunJournal journal) {
    this.run = run;
    this.kept = kept;
    this.store = store;
    this.folders = folders;
    this.journal = journal;
  }

  /** Waits for the turn of a step, and gives it the files as they are. */
  ConfinedFolder take(StepKey step, Consumer<String> waiting)
      throws MethodException, InterruptedException {
    if (!turn.tryAcquire(0, TimeUnit.SECONDS)) {
      waiting.accept("the run's workspace, which step " + user + " is using");
      turn.acquire();
    }
    try {
      user = step.toString();
      waiting.accept("");
      return folder(step);
    } catch (StaleRunException e) {
      giveUp();
      throw StepCheckpoints.stale(e);
    } catch (IOException e) {
      giveUp();
      throw MethodException.notMade(
          Failure.of(
              Reason.UNAVAILABLE,
              "the workspace can't be restored on this server's disk ("
                  + e.getMessage()
                  + "); make room for it, then retry the run"));
    } catch (MethodException | RuntimeException | Error e) {
      giveUp();
      throw e;
    }
  }

  private ConfinedFolder folder(StepKey step)
      throws IOException, MethodException, StaleRunException {
    if (folder != null) {
      return folder;
    }
    if (head == null) {
      Optional<SnapshotRecord> newest = kept.newest(step);
      head =
          newest.isEmpty()
              ? Manifest.EMPTY
              : journal.read(() -> store.manifest(run.key(), newest.get()));
    }
    folder = folders.create(run.key().runId());
    RestoreFolder.run(
        folder, head, blob -> journal.read(() -> store.blob(run.key().namespace(), blob)));
    return folder;
  }

  /**
   * Stores what the step has left, as far as it is not stored yet.
   *
   * @return to be written with the step's success; null where nothing has changed
   * @throws MethodException LIMIT_EXCEEDED or WORKSPACE_REFUSED
   */
  RunChange.@Nullable Files scan(StepKey step, ConfinedFolder used)
      throws MethodException, StaleRunException {
    Manifest now = ScanFolder.run(used, folders.limits());
    if (now.equals(head)) {
      return null;
    }
    Set<String> missing = new HashSet<>(now.blobs());
    for (List<String> some : parts(List.copyOf(missing))) {
      journal.write(
          RunJournal.News.DONE,
          () -> missing.removeAll(store.reserve(run.key(), run.generation(), some)));
    }
    SendPieces.run(
        used,
        now,
        missing,
        pieces ->
            journal.write(
                RunJournal.News.DONE, () -> store.store(run.key(), run.generation(), pieces)));
    return new RunChange.Files(step, run.attempt(), now);
  }

  private static List<List<String>> parts(List<String> all) {
    List<List<String>> parts = new ArrayList<>();
    for (int from = 0; from < all.size(); from += AT_ONCE) {
      parts.add(all.subList(from, Math.min(all.size(), from + AT_ONCE)));
    }
    return parts;
  }

  /** The step has succeeded: what it left is what the next one gets. */
  void settle(RunChange.@Nullable Files files) {
    if (files != null) {
      head = files.manifest();
      kept.left(files.step());
    }
    turn.release();
  }

  /** The step has not succeeded: what it left goes with the folder. */
  void giveUp() {
    removeFolder();
    turn.release();
  }

  private void removeFolder() {
    if (folder != null) {
      folders.remove(folder);
      folder = null;
    }
  }

  /** After the last step. */
  @Override
  public void close() {
    turn.acquireUninterruptibly();
    removeFolder();
  }
}
