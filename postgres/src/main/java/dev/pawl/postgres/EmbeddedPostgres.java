package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that lives as long as this object, or this JVM: even {@code kill -9} of the JVM
 * shuts it down. Its data stay in the data directory.
 *
 * <p>It listens on 127.0.0.1 only, asks for a password, and commits durably.
 */
public final class EmbeddedPostgres implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedPostgres.class);
  private static final long STOP_SECONDS = 30;

  private final Cluster cluster;
  private final DirectoryLock lock;
  private final Postmaster postmaster;
  private final String password;
  private final CompletableFuture<Void> exited;

  private EmbeddedPostgres(
      Cluster cluster, DirectoryLock lock, Postmaster postmaster, String password) {
    this.cluster = cluster;
    this.lock = lock;
    this.postmaster = postmaster;
    this.password = password;
    this.exited = postmaster.process().onExit().thenApply(process -> null);
  }

  /**
   * Starts PostgreSQL on the options' data directory, making the database the first time, and
   * returns when it takes connections. What an earlier, killed server left behind is cleared first.
   *
   * @throws DataDirectoryLocked when a living process has the directory
   * @throws PostgresException when the directory can't be used, its database is of another major
   *     version, there is no unprivileged way to run, or PostgreSQL does not start
   */
  public static EmbeddedPostgres start(PostgresOptions options) {
    DataDirectory data = DataDirectory.at(options.dataDir());
    DirectoryLock lock = null;
    try {
      lock = DirectoryLock.take(data.path());
      EmbeddedPostgres started = start(options, data, lock);
      lock = null; // now its own
      return started;
    } catch (IOException e) {
      throw new PostgresException(
          "PostgreSQL can't be started in " + data.path() + ": " + e + ".", e);
    } finally {
      if (lock != null) {
        lock.close();
      }
    }
  }

  private static EmbeddedPostgres start(
      PostgresOptions options, DataDirectory data, DirectoryLock lock) throws IOException {
    Privileges privileges = Privileges.choose(options.unprivileged());
    Binaries binaries = Binaries.in(Cache.choose(options));
    binaries.checkRunnable(privileges);
    Cluster cluster = new Cluster(data, binaries, privileges);
    String password = cluster.prepare();
    new Leftovers(cluster).clear();
    Postmaster postmaster = new Starter(cluster, options, password).start();
    log.info(
        "PostgreSQL {} (pid {}) takes connections on 127.0.0.1:{}",
        binaries.version(),
        postmaster.process().pid(),
        postmaster.port());
    return new EmbeddedPostgres(cluster, lock, postmaster, password);
  }

  /** A JDBC URL without user and password. */
  public String jdbcUrl() {
    return Starter.url(postmaster.port());
  }

  /** The superuser's name. */
  public String user() {
    return Cluster.USER;
  }

  /** The superuser's password, random and kept in the data directory; never log it. */
  public String password() {
    return password;
  }

  /** The port on 127.0.0.1, another at each start. */
  public int port() {
    return postmaster.port();
  }

  /** The pid of the server's first process. */
  public long pid() {
    return postmaster.process().pid();
  }

  /** PostgreSQL's own log; the one of the start before lies beside it as {@code .1}. */
  public Path logFile() {
    return cluster.data().log();
  }

  /**
   * Completed when the server process has ended, for whatever reason; nothing restarts it. It is
   * completed before {@link #close} returns.
   */
  public CompletableFuture<Void> onExit() {
    return exited.copy();
  }

  /**
   * Disconnects everyone, writes everything down, stops the server and gives up the lock. Waits up
   * to 30 s; after that the server is killed, which loses nothing that was committed. Closing again
   * does nothing.
   */
  @Override
  public void close() {
    try {
      if (postmaster.process().isAlive() && !cluster.stop(STOP_SECONDS)) {
        log.warn("PostgreSQL did not stop within {} s: killing it", STOP_SECONDS);
        postmaster.process().destroyForcibly();
      }
      // Not waitFor: it may return before those who watch onExit have been told.
      exited.get(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.warn("PostgreSQL (pid {}) has not ended: {}", pid(), e.toString());
    } finally {
      lock.close();
    }
  }
}
