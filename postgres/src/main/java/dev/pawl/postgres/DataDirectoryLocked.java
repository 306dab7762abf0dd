package dev.pawl.postgres;

import java.nio.file.Path;
import java.util.OptionalLong;

/** A living process already holds the data directory. */
public final class DataDirectoryLocked extends PostgresException {
  private static final long serialVersionUID = 1L;

  private final long holder;

  DataDirectoryLocked(Path dataDir, OptionalLong holder) {
    super(
        "The data directory "
            + dataDir
            + " is in use by "
            + (holder.isPresent() ? "process " + holder.getAsLong() : "another process")
            + ": stop it, or give another --data-dir.");
    this.holder = holder.orElse(0);
  }

  /** The pid of the process that holds the directory; empty when it wrote none. */
  public OptionalLong holder() {
    return holder == 0 ? OptionalLong.empty() : OptionalLong.of(holder);
  }
}
