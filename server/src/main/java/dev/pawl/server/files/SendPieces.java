package dev.pawl.server.files;

import dev.pawl.model.MethodException;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.run.Manifest;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.WorkspaceStore;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads pieces of files that are wanted, and hands them on, a few MiB at a time. */
public final class SendPieces {
  private static final int AT_ONCE = 200;

  private final Set<String> wanted;
  private final Target target;
  private final Map<String, byte[]> batch = new HashMap<>();
  private long size;

  /** Takes pieces by their hash. */
  @FunctionalInterface
  public interface Target {
    void store(Map<String, byte[]> pieces) throws StaleRunException;
  }

  private SendPieces(Collection<String> wanted, Target target) {
    this.wanted = new HashSet<>(wanted);
    this.target = target;
  }

  /**
   * Sends each wanted piece once.
   *
   * @throws MethodException WORKSPACE_REFUSED where a file is no longer as it was scanned
   */
  public static void run(
      ConfinedFolder folder, Manifest manifest, Collection<String> wanted, Target target)
      throws MethodException, StaleRunException {
    SendPieces send = new SendPieces(wanted, target);
    for (Manifest.File file : manifest.files()) {
      if (file.blobs().stream().anyMatch(send.wanted::contains)) {
        send.file(folder, file);
      }
    }
    send.flush();
  }

  private void file(ConfinedFolder folder, Manifest.File file)
      throws MethodException, StaleRunException {
    try (Pieces pieces = new Pieces(folder.root().resolve(file.path()))) {
      for (String expected : file.blobs()) {
        byte[] piece = pieces.next();
        if (!Pieces.hash(piece).equals(expected)) {
          throw new IOException("it changes");
        }
        if (wanted.remove(expected)) {
          add(expected, piece);
        }
      }
    } catch (IOException e) {
      throw FileRefusals.unreadable(file.path(), e);
    }
  }

  private void add(String hash, byte[] piece) throws StaleRunException {
    if (size + piece.length > WorkspaceStore.PIECE || batch.size() == AT_ONCE) {
      flush();
    }
    batch.put(hash, piece);
    size += piece.length;
  }

  private void flush() throws StaleRunException {
    if (!batch.isEmpty()) {
      target.store(Map.copyOf(batch));
      batch.clear();
      size = 0;
    }
  }
}
