package dev.pawl.model.testkit;

import dev.pawl.model.Caller;
import dev.pawl.model.Workspace;
import dev.pawl.model.workspace.ConfinedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** One temporary folder per run, removed when the JVM ends. */
final class TemporaryFolders {
  private final Map<String, Workspace> folders = new ConcurrentHashMap<>();

  Workspace of(Caller caller) {
    return folders.computeIfAbsent(caller.namespace() + "/" + caller.run(), run -> make());
  }

  private static Workspace make() {
    try {
      Path root = Files.createTempDirectory("pawl-workspace-");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(root)));
      return new ConfinedFolder(root);
    } catch (IOException e) {
      throw new UncheckedIOException("no folder for a workspace can be made", e);
    }
  }

  private static void remove(Path root) {
    try (Stream<Path> found = Files.walk(root)) {
      List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      // The system's own cleaning of temporary files has to do.
    }
  }
}
