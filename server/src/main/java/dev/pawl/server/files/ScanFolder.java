package dev.pawl.server.files;

import dev.pawl.model.MethodException;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.run.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Makes the manifest of a folder as it is now. */
public final class ScanFolder {
  private ScanFolder() {}

  /**
   * Scans. The result is the same for the same files, wherever they lie.
   *
   * @throws MethodException WORKSPACE_REFUSED naming what can't be kept; LIMIT_EXCEEDED
   */
  public static Manifest run(ConfinedFolder folder, FileLimits limits) throws MethodException {
    List<Manifest.Entry> entries = new ArrayList<>();
    for (ListFolder.Found found : ListFolder.run(folder, limits)) {
      try {
        entries.add(entry(found));
      } catch (IOException e) {
        throw FileRefusals.unreadable(found.name(), e);
      }
    }
    return new Manifest(entries);
  }

  private static Manifest.Entry entry(ListFolder.Found found) throws IOException {
    return switch (found.kind()) {
      case FOLDER -> new Manifest.Folder(found.name(), found.mode());
      case LINK -> new Manifest.Link(found.name(), Files.readSymbolicLink(found.path()).toString());
      case FILE -> file(found);
    };
  }

  private static Manifest.File file(ListFolder.Found found) throws IOException {
    List<String> blobs = new ArrayList<>();
    long size = 0;
    try (Pieces pieces = new Pieces(found.path())) {
      for (byte[] piece = pieces.next(); piece.length > 0; piece = pieces.next()) {
        blobs.add(Pieces.hash(piece));
        size += piece.length;
      }
    }
    if (size != found.size()) {
      throw new IOException("it changes");
    }
    return new Manifest.File(found.name(), found.mode(), size, blobs);
  }
}
