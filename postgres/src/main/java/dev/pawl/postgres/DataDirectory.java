package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** The files of a data directory, by name. */
record DataDirectory(Path path) {

  /**
   * The directory at {@code path}, made with mode 0700 when absent.
   *
   * @throws PostgresException when it is no directory, or can't be made or written
   */
  static DataDirectory at(Path path) {
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new PostgresException(
          "The data directory " + path + " is a file: give a directory as --data-dir.");
    }
    try {
      Files.createDirectories(path.getParent() == null ? path : path.getParent());
      if (!Files.exists(path)) {
        Files.createDirectory(
            path,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      }
    } catch (IOException e) {
      throw new PostgresException(
          "The data directory " + path + " can't be made (" + e + "): give another --data-dir.", e);
    }
    if (!Files.isWritable(path)) {
      throw new PostgresException(
          "The data directory "
              + path
              + " can't be written by "
              + System.getProperty("user.name")
              + ": change its owner, or give another --data-dir.");
    }
    return new DataDirectory(path);
  }

  Path cluster() {
    return path.resolve("pgdata");
  }

  /** Where a cluster is made before it gets its name, so that a crash leaves no half of one. */
  Path newCluster() {
    return path.resolve("pgdata.new");
  }

  Path passwordFile() {
    return path.resolve("postgres.password");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  /** Begins a new log; the one before is kept as {@code postgres.log.1}. */
  void rotateLog() throws IOException {
    if (Files.exists(log())) {
      Files.move(log(), path.resolve("postgres.log.1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
