package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an earlier server left on a cluster whose lock we now hold: a server that is still ending,
 * or a stale {@code postmaster.pid}.
 *
 * <p>A pid alone proves nothing: after a reboot it may be somebody else's, and {@code pg_ctl} would
 * signal them. A process is taken for this cluster's only when it works in its directory.
 */
final class Leftovers {
  private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Cluster cluster;

  Leftovers(Cluster cluster) {
    this.cluster = cluster;
  }

  void clear() throws IOException {
    PostmasterPid left = cluster.pidFile();
    if (left.pid().isEmpty()) {
      return;
    }
    long pid = left.pid().getAsLong();
    Set<Long> running = processesHere();
    if (running.contains(pid)) {
      log.info("A PostgreSQL (pid {}) still runs on {}: stopping it", pid, cluster.directory());
      if (!cluster.stop(PATIENCE.toSeconds())) {
        log.warn("It did not stop: PostgreSQL itself decides whether it can start beside it");
      }
    } else if (running.isEmpty() && isAlive(pid)) {
      log.info("Removing a postmaster.pid whose number (pid {}) is now another program's", pid);
      Files.deleteIfExists(left.file());
    } // else the number is free, and PostgreSQL recovers by itself
  }

  private static boolean isAlive(long pid) {
    return Files.exists(Path.of("/proc", Long.toString(pid)));
  }

  private Set<Long> processesHere() throws IOException {
    Path here = cluster.directory().toRealPath();
    Set<Long> found = new HashSet<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
      for (Path process : processes) {
        OptionalLong pid = pidIfIn(here, process);
        pid.ifPresent(found::add);
      }
    }
    return found;
  }

  private static OptionalLong pidIfIn(Path here, Path process) {
    try {
      return Files.readSymbolicLink(process.resolve("cwd")).equals(here)
          ? OptionalLong.of(Long.parseLong(process.getFileName().toString()))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty(); // ended meanwhile, a zombie, or another user's
    }
  }
}
