package dev.pawl.server.files;

import dev.pawl.model.MethodException;
import dev.pawl.model.workspace.ConfinedFolder;
import dev.pawl.server.run.Manifest;
import dev.pawl.server.store.StaleRunException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Fills an empty folder as a manifest says. */
public final class RestoreFolder {
  private RestoreFolder() {}

  /** Gives the contents of pieces. */
  @FunctionalInterface
  public interface Source {
    byte[] piece(String sha256) throws StaleRunException;
  }

  /**
   * Restores. Links come after all files, so that none is written through one; a folder's mode
   * comes last, since it may forbid writing.
   *
   * @throws IOException when the disk refuses
   * @throws MethodException where the manifest would lead out of the folder
   */
  public static void run(ConfinedFolder folder, Manifest manifest, Source source)
      throws IOException, MethodException, StaleRunException {
    for (Manifest.Entry entry : manifest.entries()) {
      Path path = folder.resolve(entry.path());
      switch (entry) {
        case Manifest.Folder made -> Files.createDirectory(path);
        case Manifest.File file -> write(path, file, source);
        case Manifest.Link later -> {}
      }
    }
    for (Manifest.Entry entry : manifest.entries()) {
      if (entry instanceof Manifest.Link link) {
        Files.createSymbolicLink(folder.root().resolve(link.path()), Path.of(link.target()));
      }
    }
    List<Manifest.Entry> deepestFirst = manifest.entries().reversed();
    for (Manifest.Entry entry : deepestFirst) {
      if (entry instanceof Manifest.Folder made) {
        Files.setPosixFilePermissions(
            folder.root().resolve(made.path()), Modes.permissions(made.mode()));
      }
    }
  }

  private static void write(Path path, Manifest.File file, Source source)
      throws IOException, StaleRunException {
    try (OutputStream out = Files.newOutputStream(path, StandardOpenOption.CREATE_NEW)) {
      for (String blob : file.blobs()) {
        out.write(source.piece(blob));
      }
    }
    Files.setPosixFilePermissions(path, Modes.permissions(file.mode()));
  }
}
