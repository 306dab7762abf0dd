package dev.pawl.cli.e2e;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Two servers on a pair of PostgreSQL, and the API that counts what they make. */
final class HaBed implements AutoCloseable {
  /** {@code haproxy} or {@code jdbc}. */
  static final String WAY = "pawl.ha";

  private static final Duration LATENESS = Duration.ofSeconds(1);

  final Pawl pawl;
  final AdversarialApi api = new AdversarialApi(LATENESS);
  private @Nullable HaCluster cluster;
  private @Nullable CrashServers servers;

  HaBed(Path home) throws Exception {
    pawl = new Pawl(home);
    try {
      HaCluster.Way way = HaCluster.Way.valueOf(way().toUpperCase(Locale.ROOT));
      cluster = new HaCluster(way, times().equals("quick") ? HaTimes.QUICK : HaTimes.DEFAULT);
      servers = new CrashServers(pawl, cluster, api, home);
      servers.complete();
      servers.runUndisturbed();
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  static String way() {
    return System.getProperty(WAY, "haproxy");
  }

  static String times() {
    return System.getProperty("pawl.ha.times", "quick");
  }

  HaCluster cluster() {
    return requireNonNull(cluster);
  }

  CrashServers servers() {
    return requireNonNull(servers);
  }

  @Override
  public void close() throws Exception {
    if (servers != null) {
      servers.close();
    }
    pawl.end();
    if (cluster != null) {
      cluster.close();
    }
    api.close();
  }
}
