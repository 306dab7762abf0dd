package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Processes that run; a dead one that nobody has reaped yet has no working directory. */
final class Alive {
  private Alive() {}

  static boolean is(long pid) {
    return workingDirectory(Path.of("/proc", Long.toString(pid))) != null;
  }

  static List<Path> inDirectory(Path directory) throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        if (directory.toRealPath().equals(workingDirectory(process))) {
          found.add(process);
        }
      }
    }
    return found;
  }

  private static @Nullable Path workingDirectory(Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd"));
    } catch (IOException e) {
      return null;
    }
  }
}
