package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Which data directory a command means. */
final class DataDirectories {
  private DataDirectories() {}

  /** The option, else PAWL_DATA_DIR, else {@code ~/.pawl}; absolute. */
  static Path choose(@Nullable Path option, Surroundings surroundings) {
    if (option != null) {
      return option.toAbsolutePath().normalize();
    }
    return surroundings
        .variable("PAWL_DATA_DIR")
        .map(Path::of)
        .orElseGet(() -> home(surroundings).resolve(".pawl"))
        .toAbsolutePath()
        .normalize();
  }

  private static Path home(Surroundings surroundings) {
    // The shell's idea of home; the JVM's comes from the password file.
    return Path.of(surroundings.variable("HOME").orElse(System.getProperty("user.home")));
  }
}
