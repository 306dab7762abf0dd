package dev.pawl.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;

/** Starts the server on a free port and waits until it takes our login. */
final class Starter {
  private static final int PORTS_TRIED = 5;
  private static final long LOOK_EVERY_MILLIS = 10;

  private final Cluster cluster;
  private final PostgresOptions options;
  private final String password;

  Starter(Cluster cluster, PostgresOptions options, String password) {
    this.cluster = cluster;
    this.options = options;
    this.password = password;
  }

  Postmaster start() throws IOException {
    cluster.data().rotateLog();
    for (int tried = 1; ; tried++) {
      long logged = size(cluster.data().log());
      Postmaster postmaster = Postmaster.spawn(cluster, freePort(), options.maxConnections());
      try {
        if (waitUntilReady(postmaster)) {
          logIn(postmaster.port());
          return postmaster;
        }
      } catch (RuntimeException e) {
        postmaster.process().destroyForcibly();
        throw e;
      }
      if (tried == PORTS_TRIED || !portWasTaken(logged)) {
        throw new PostgresException(
            "PostgreSQL ended as it started: "
                + Postmaster.complaint(cluster.data().log())
                + " (its log is "
                + cluster.data().log()
                + ").");
      }
    }
  }

  static String url(int port) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** False when the process ended instead. */
  private boolean waitUntilReady(Postmaster postmaster) {
    Process process = postmaster.process();
    long deadline = System.nanoTime() + options.startTimeout().toNanos();
    try {
      while (!cluster.pidFile().saysReady(process.pid())) {
        if (System.nanoTime() > deadline) {
          throw new PostgresException(
              "PostgreSQL was not ready after "
                  + options.startTimeout().toMillis() / 1000.0
                  + " s"
                  + " (its log is "
                  + cluster.data().log()
                  + ").");
        }
        if (process.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
          return false;
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Interrupted while PostgreSQL was starting.", e);
    }
  }

  private void logIn(int port) {
    Properties login = new Properties();
    login.setProperty("user", Cluster.USER);
    login.setProperty("password", password);
    try (Connection connection = DriverManager.getConnection(url(port), login)) {
      PostgresVersion.check(connection);
    } catch (SQLException e) {
      throw new PostgresException(
          "PostgreSQL on port "
              + port
              + " refuses the password in "
              + cluster.data().passwordFile()
              + " ("
              + e.getMessage()
              + "): put the right one back.",
          e);
    }
  }

  private boolean portWasTaken(long since) throws IOException {
    byte[] log = Files.readAllBytes(cluster.data().log());
    int from = (int) Math.min(since, log.length);
    return new String(log, from, log.length - from, StandardCharsets.UTF_8)
        .contains("Address already in use");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static long size(Path log) throws IOException {
    return Files.exists(log) ? Files.size(log) : 0;
  }
}
