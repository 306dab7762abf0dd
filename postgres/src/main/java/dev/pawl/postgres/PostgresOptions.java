package dev.pawl.postgres;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * How to start the embedded PostgreSQL.
 *
 * @param dataDir the directory that keeps the database, its password, its log and the lock; made
 *     with mode 0700 when absent
 * @param cacheDir where PostgreSQL's programs are unpacked; empty for {@code /var/cache/pawl} as
 *     root and {@code ~/.cache/pawl} otherwise
 * @param unprivileged how to keep PostgreSQL from running as root; {@link Unprivileged#AUTOMATIC}
 *     unless said otherwise
 * @param maxConnections PostgreSQL's {@code max_connections}; 100 unless said otherwise
 * @param startTimeout how long a start may take before it fails, crash recovery included; 2 minutes
 *     unless said otherwise
 */
public record PostgresOptions(
    Path dataDir,
    Optional<Path> cacheDir,
    Unprivileged unprivileged,
    int maxConnections,
    Duration startTimeout) {

  public PostgresOptions {
    dataDir = dataDir.toAbsolutePath().normalize();
    cacheDir = cacheDir.map(dir -> dir.toAbsolutePath().normalize());
    requireNonNull(unprivileged, "unprivileged");
    if (maxConnections < 5) {
      throw new IllegalArgumentException(
          "maxConnections is " + maxConnections + "; PostgreSQL needs at least 5");
    }
    if (startTimeout.isNegative() || startTimeout.isZero()) {
      throw new IllegalArgumentException("startTimeout is " + startTimeout + "; it must be longer");
    }
  }

  /** The defaults, with everything kept in {@code dataDir}. */
  public static PostgresOptions in(Path dataDir) {
    return new PostgresOptions(
        dataDir, Optional.empty(), Unprivileged.AUTOMATIC, 100, Duration.ofMinutes(2));
  }

  public PostgresOptions withCacheDir(Path dir) {
    return new PostgresOptions(
        dataDir, Optional.of(dir), unprivileged, maxConnections, startTimeout);
  }

  public PostgresOptions withUnprivileged(Unprivileged how) {
    return new PostgresOptions(dataDir, cacheDir, how, maxConnections, startTimeout);
  }

  public PostgresOptions withMaxConnections(int connections) {
    return new PostgresOptions(dataDir, cacheDir, unprivileged, connections, startTimeout);
  }

  public PostgresOptions withStartTimeout(Duration timeout) {
    return new PostgresOptions(dataDir, cacheDir, unprivileged, maxConnections, timeout);
  }
}
