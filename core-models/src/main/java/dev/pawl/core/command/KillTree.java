package dev.pawl.core.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Kills a program and all that it started, also what has left it for a session of its own: every
 * process of a command carries a mark in its environment, which Linux shows.
 */
final class KillTree {
  /** The variable that holds the mark. */
  static final String MARK = "PAWL_COMMAND";

  private static final Path PROC = Path.of("/proc");

  /** A process that forks faster than this looks is not to be had; it ends with its machine. */
  private static final int MOST_LOOKS = 50;

  private final Process process;
  private final String mark;

  KillTree(Process process, String mark) {
    this.process = process;
    this.mark = MARK + "=" + mark;
  }

  /** Returns when none is left; does nothing where none is. */
  void kill() {
    for (int looks = 0; looks < MOST_LOOKS; looks++) {
      Set<ProcessHandle> found = find();
      if (found.isEmpty()) {
        return;
      }
      found.forEach(ProcessHandle::destroyForcibly);
      found.forEach(KillTree::awaitEnd);
    }
  }

  private Set<ProcessHandle> find() {
    Set<ProcessHandle> found = new LinkedHashSet<>();
    if (process.isAlive()) {
      found.add(process.toHandle());
      process.descendants().forEach(found::add);
    }
    addMarked(found);
    found.removeIf(each -> !each.isAlive());
    return found;
  }

  private void addMarked(Set<ProcessHandle> found) {
    if (!Files.isDirectory(PROC)) {
      return;
    }
    try (DirectoryStream<Path> all = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path each : all) {
        if (isMarked(each)) {
          ProcessHandle.of(Long.parseLong(each.getFileName().toString())).ifPresent(found::add);
        }
      }
    } catch (IOException e) {
      // Without /proc what the JDK knows of the tree has to do.
    }
  }

  private boolean isMarked(Path process) {
    try {
      String environment =
          Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environment).contains("\0" + mark + "\0");
    } catch (IOException e) {
      // It has ended, or is somebody else's.
      return false;
    }
  }

  /** The kernel takes a moment; a zombie without a parent that waits would take for ever. */
  private static void awaitEnd(ProcessHandle handle) {
    handle.onExit().completeOnTimeout(handle, 200, TimeUnit.MILLISECONDS).join();
  }
}
