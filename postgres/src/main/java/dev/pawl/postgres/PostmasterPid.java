package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** PostgreSQL's own {@code postmaster.pid}: who serves a cluster, and whether it is ready. */
record PostmasterPid(Path file, List<String> lines) {
  private static final int STATUS = 7;

  PostmasterPid {
    lines = List.copyOf(lines);
  }

  /** What the file says now; no lines when there is none. */
  static PostmasterPid of(Path cluster) {
    Path file = cluster.resolve("postmaster.pid");
    try {
      return new PostmasterPid(file, Files.exists(file) ? Files.readAllLines(file) : List.of());
    } catch (IOException e) {
      return new PostmasterPid(file, List.of()); // removed between the two looks
    }
  }

  OptionalLong pid() {
    try {
      return lines.isEmpty()
          ? OptionalLong.empty()
          : OptionalLong.of(Long.parseLong(lines.get(0).strip()));
    } catch (NumberFormatException e) {
      return OptionalLong.empty(); // being written
    }
  }

  boolean saysReady(long pid) {
    return lines.size() > STATUS
        && lines.get(STATUS).strip().equals("ready")
        && pid().equals(OptionalLong.of(pid));
  }
}
