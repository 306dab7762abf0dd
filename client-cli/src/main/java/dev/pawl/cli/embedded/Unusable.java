package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What is said of a data directory that can't be made, read or written. */
final class Unusable {
  private Unusable() {}

  static CliException dataDirectory(Path dataDir, FileSystemException e) {
    String why =
        switch (e) {
          case AccessDeniedException denied -> "this user may not use " + denied.getFile();
          case NoSuchFileException none -> none.getFile() + " can't be made";
          default -> e.getReason() == null ? String.valueOf(e.getFile()) : e.getReason();
        };
    return new CliException(
        Failure.of(
            "FAILED_PRECONDITION",
            "DATA_DIRECTORY",
            "cannot use the data directory %s: %s; give another --data-dir"
                .formatted(dataDir, why)),
        e);
  }
}
