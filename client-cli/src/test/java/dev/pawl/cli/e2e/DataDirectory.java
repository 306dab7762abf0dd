package dev.pawl.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** A server's data directory, seen from outside. */
record DataDirectory(Path path) {

  /** The database's process, as PostgreSQL itself wrote it down; none once it has ended. */
  Optional<ProcessHandle> postgres() throws IOException {
    try {
      return Files.readAllLines(path.resolve("pgdata/postmaster.pid")).stream()
          .findFirst()
          .flatMap(pid -> ProcessHandle.of(Long.parseLong(pid.strip())))
          .filter(ProcessHandle::isAlive);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Embedded servers end by themselves, databases with their server. */
  void awaitEnd() throws Exception {
    Await.until("the server of " + path + " has ended", () -> embedded().isEmpty());
    Await.until("the database in " + path + " has ended", () -> postgres().isEmpty());
  }

  private Optional<ProcessHandle> embedded() {
    String marker = path.toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != ProcessHandle.current().pid())
        .filter(
            p ->
                p.info()
                    .commandLine()
                    .filter(line -> line.contains("embedded-server") && line.contains(marker))
                    .isPresent())
        .findFirst();
  }
}
