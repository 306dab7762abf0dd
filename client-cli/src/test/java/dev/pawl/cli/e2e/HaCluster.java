package dev.pawl.cli.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two PostgreSQL under Patroni with one etcd, and HAProxy before them: Debian's packages on
 * loopback ports, in a folder of their own.
 */
final class HaCluster implements CrashStore {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private static final int COMMITS = 500;
  private static final String ACCOUNT = "user=postgres&password=x";

  /** How servers come to the primary. */
  enum Way {
    /** One address; HAProxy asks Patroni which node is the primary. */
    HAPROXY,
    /** Both addresses; the JDBC driver tries them in turn. */
    JDBC
  }

  private final Way way;
  private final HaTimes times;
  private final HaProcesses processes = new HaProcesses();
  private final int etcd = HaProcesses.freePort();
  private final int proxy = HaProcesses.freePort();
  private final List<HaNode> nodes;
  private boolean synchronous = true;
  private final List<Double> away = new ArrayList<>();

  /** Starts all of it, with synchronous replication, and makes the database. */
  HaCluster(Way way, HaTimes times) throws Exception {
    this.way = way;
    this.times = times;
    this.nodes =
        List.of(
            new HaNode("a", processes.folder(), processes),
            new HaNode("b", processes.folder(), processes));
    try {
      start();
    } catch (Exception | AssertionError e) {
      close();
      throw e;
    }
  }

  private void start() throws Exception {
    startEtcd();
    for (HaNode node : nodes) {
      node.start(etcd, times);
    }
    startHaproxy();
    ready();
    HaNode primary = primary();
    try (Connection connection = connect(url(primary, "postgres"))) {
      connection.createStatement().execute("create database pawl");
    }
    try (Connection connection = connect(url(primary, "pawl"))) {
      connection.createStatement().execute("create schema ha create table probe (at timestamptz)");
    }
  }

  private void startEtcd() throws Exception {
    String client = "http://127.0.0.1:" + etcd;
    String peer = "http://127.0.0.1:" + HaProcesses.freePort();
    processes.start(
        "etcd",
        "etcd",
        "--data-dir=" + processes.folder().resolve("etcd"),
        "--listen-client-urls=" + client,
        "--advertise-client-urls=" + client,
        "--listen-peer-urls=" + peer,
        "--initial-advertise-peer-urls=" + peer,
        "--initial-cluster=default=" + peer);
    Await.until("etcd answers", () -> status("GET", etcd, "/health", "") == 200);
  }

  private void startHaproxy() throws IOException {
    Path file = processes.folder().resolve("haproxy.cfg");
    StringBuilder text =
        new StringBuilder(
            """
            defaults
              mode tcp
              timeout connect 2s
              timeout client 30m
              timeout server 30m
              timeout check 1s
            listen primary
              bind 127.0.0.1:%d
              option httpchk
              http-check send meth OPTIONS uri /primary
              http-check expect status 200
              default-server inter 1s fastinter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
            """
                .formatted(proxy));
    for (HaNode node : nodes) {
      text.append(
          "  server pg%1$d 127.0.0.1:%1$d check port %2$d\n"
              .formatted(node.postgresPort(), node.restPort()));
    }
    Files.writeString(file, text);
    processes.start("haproxy", "haproxy", "-db", "-f", file.toString());
  }

  @Override
  public String url() {
    return switch (way) {
      case HAPROXY -> "jdbc:postgresql://127.0.0.1:%d/pawl?%s".formatted(proxy, ACCOUNT);
      case JDBC ->
          "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/pawl?targetServerType=primary&%s"
              .formatted(nodes.get(0).postgresPort(), nodes.get(1).postgresPort(), ACCOUNT);
    };
  }

  private static String url(HaNode node, String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?%s".formatted(node.postgresPort(), database, ACCOUNT);
  }

  private static Connection connect(String url) throws SQLException {
    return DriverManager.getConnection(url + "&connectTimeout=1&socketTimeout=2&loginTimeout=2");
  }

  @Override
  public CuttingProxy proxy() {
    throw new UnsupportedOperationException("connections to a cluster are not cut");
  }

  @Override
  public void lose(CrashCell.Signal how, Runnable meanwhile) throws Exception {
    HaNode old = primary();
    HaNode next = nodes.get(1 - nodes.indexOf(old));
    long lost = System.nanoTime();
    switch (how) {
      case PRIMARY -> old.killPostgres();
      case NODE -> old.killAll();
      case FROZEN_NODE -> old.freeze();
      default -> throw new IllegalArgumentException(how + " is not for a cluster");
    }
    meanwhile.run();
    Await.until("the other node takes writes (" + how + ")", () -> takesWrites(next));
    away.add((System.nanoTime() - lost) / 1e9);
    switch (how) {
      case NODE -> old.start(etcd, times);
      case FROZEN_NODE -> old.thaw();
      default -> {}
    }
  }

  /** By the way that Pawl takes, so that it counts what that takes to notice. */
  private boolean takesWrites(HaNode wanted) {
    try (Connection connection = connect(url());
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "insert into ha.probe values (now()) returning inet_server_port()")) {
      return rows.next() && rows.getInt(1) == wanted.postgresPort();
    } catch (SQLException e) {
      return false;
    }
  }

  /** Seconds from each loss to the next acknowledged write. */
  List<Double> away() {
    return List.copyOf(away);
  }

  /** Returns when a standby is there to take over; while synchronous, one that commits wait for. */
  @Override
  public void ready() throws Exception {
    String standby = synchronous ? "sync" : "async";
    String known = synchronous ? "/sync" : "/async";
    Await.until(
        "there is a standby: " + standby,
        () -> replication(standby).equals(standby) && count(known) == 1);
  }

  /** The median time of an insert of one row that commits, in ms, by what the commit waits for. */
  Map<String, Double> commitMillis() throws Exception {
    Map<String, Double> millis = new LinkedHashMap<>();
    for (String level : List.of("local", "on", "remote_apply")) {
      try (Connection connection = connect(url());
          Statement statement = connection.createStatement()) {
        statement.execute("set synchronous_commit = " + level);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < COMMITS; i++) {
          long begun = System.nanoTime();
          statement.execute("insert into ha.probe values (now())");
          nanos.add(System.nanoTime() - begun);
        }
        nanos.sort(null);
        millis.put(level, nanos.get(COMMITS / 2) / 1e6);
      }
    }
    return millis;
  }

  /** From now on a commit waits for no standby. */
  void becomeAsynchronous() throws Exception {
    int status = status("PATCH", primary().restPort(), "/config", "{\"synchronous_mode\": false}");
    if (status != 200) {
      throw new AssertionError("Patroni answers " + status);
    }
    synchronous = false;
    ready();
  }

  /** The standby is as far as the primary; then it gets no more. */
  void cutReplication() throws Exception {
    HaNode primary = primary();
    Await.until("the standby has caught up", () -> replication("caught up").equals("caught up"));
    primary.cutReplication();
  }

  private String replication(String ifSo) {
    String sql =
        switch (ifSo) {
          case "caught up" ->
              "select 'caught up' from pg_stat_replication"
                  + " where replay_lsn = pg_current_wal_lsn()";
          default -> "select sync_state from pg_stat_replication where state = 'streaming'";
        };
    for (HaNode node : nodes) {
      try (Connection connection = connect(url(node, "postgres"));
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(sql)) {
        if (rows.next()) {
          return rows.getString(1);
        }
      } catch (SQLException e) {
        // It is the one that is down.
      }
    }
    return "";
  }

  /**
   * How many Patronis call their node that; a standby that PostgreSQL alone knows is not chosen.
   */
  private int count(String role) throws InterruptedException {
    int found = 0;
    for (HaNode node : nodes) {
      found += status("GET", node.restPort(), role, "") == 200 ? 1 : 0;
    }
    return found;
  }

  private HaNode primary() throws Exception {
    List<HaNode> found = new ArrayList<>();
    Await.until(
        "there is one primary",
        () -> {
          found.clear();
          for (HaNode node : nodes) {
            if (status("GET", node.restPort(), "/primary", "") == 200) {
              found.add(node);
            }
          }
          return found.size() == 1;
        });
    return found.getFirst();
  }

  /** 0: no answer. */
  private static int status(String method, int port, String path, String body)
      throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .timeout(Duration.ofSeconds(2))
            .method(method, BodyPublishers.ofString(body))
            .build();
    try {
      return HTTP.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    }
  }

  @Override
  public void close() throws Exception {
    processes.close();
    for (HaNode node : nodes) {
      node.close();
    }
  }
}
