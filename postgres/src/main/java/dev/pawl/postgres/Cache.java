package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Where the unpacked programs live: they can be made again, so not among the data. */
final class Cache {
  private Cache() {}

  /** The directory that was asked for, else the user's cache, else the data directory. */
  static Path choose(PostgresOptions options) {
    if (options.cacheDir().isPresent()) {
      return options.cacheDir().get();
    }
    for (Path candidate : List.of(ofThisUser(), options.dataDir())) {
      try {
        Files.createDirectories(candidate);
        if (Files.isWritable(candidate) && isTrusted(candidate)) {
          return candidate;
        }
      } catch (IOException e) {
        continue; // the next one is the way out
      }
    }
    return options.dataDir();
  }

  private static Path ofThisUser() {
    if (Me.isRoot()) {
      return Path.of("/var/cache/pawl"); // uid 65534 can't see into /root
    }
    String xdg = System.getenv("XDG_CACHE_HOME");
    Path base =
        xdg == null || xdg.isBlank()
            ? Path.of(System.getProperty("user.home"), ".cache")
            : Path.of(xdg);
    return base.resolve("pawl");
  }

  /** What another user could have planted must not be run. */
  private static boolean isTrusted(Path dir) throws IOException {
    return Trees.owner(dir) == Me.uid();
  }
}
