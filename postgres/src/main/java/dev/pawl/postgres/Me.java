package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Path;

/** The user this JVM runs as. */
final class Me {
  private Me() {}

  static int uid() {
    try {
      return Trees.owner(Path.of("/proc/self"));
    } catch (IOException e) {
      throw new PostgresException(
          "/proc can't be read (" + e + "): mount it, or give a server by --database-url.", e);
    }
  }

  static boolean isRoot() {
    return uid() == 0;
  }
}
