package dev.pawl.load;

import dev.pawl.load.cases.Case;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The fewest statements with which a key is claimed, steps are kept one by one and an answer is
 * stored, each a commit of its own, on as many connections as there are callers.
 */
final class Floor implements AutoCloseable {
  private static final int KNOWN = 1_000;
  private static final byte[] ANSWER = "{\"v\":1}".getBytes(StandardCharsets.UTF_8);
  private static final String CLAIM = "insert into work (key) values (?) on conflict do nothing";
  private static final String STEP = "insert into step (key, number, output) values (?, ?, ?)";
  private static final String DONE = "update work set answer = ? where key = ?";
  private static final String READ = "select answer from work where key = ?";

  private final String keys = UUID.randomUUID().toString();
  private final ExecutorService threads;
  private final BlockingQueue<One> free;
  private final List<One> all = new ArrayList<>();

  Floor(String url, int most) throws SQLException {
    threads = Executors.newFixedThreadPool(most);
    free = new ArrayBlockingQueue<>(most);
    for (int i = 0; i < most; i++) {
      all.add(new One(DriverManager.getConnection(url)));
    }
    free.addAll(all);
    try (Statement statement = all.getFirst().connection.createStatement()) {
      statement.execute(
          "create table work (key text primary key, answer bytea,"
              + " created timestamptz not null default now())");
      statement.execute(
          "create table step (key text, number int, output bytea,"
              + " created timestamptz not null default now(), primary key (key, number))");
    }
  }

  Case workflow(int n) {
    return new Work("workflow", n, keys + "-workflow-") {
      @Override
      void once(One one, long number) throws SQLException {
        one.workflow(key(number), n);
      }
    };
  }

  /** Claim and completion, two commits. */
  Case miss() {
    return new Work("createorget_miss", 0, keys + "-miss-") {
      @Override
      void once(One one, long number) throws SQLException {
        one.workflow(key(number), 0);
      }
    };
  }

  Case hit() {
    return new Work("dedup_hit", 0, keys + "-known-") {
      @Override
      public void prepare() throws SQLException {
        for (int i = 0; i < KNOWN; i++) {
          all.getFirst().workflow(key(i), 0);
        }
      }

      @Override
      void once(One one, long number) throws SQLException {
        one.read(key(ThreadLocalRandom.current().nextLong(KNOWN)));
      }
    };
  }

  private abstract class Work implements Case {
    private final String name;
    private final int n;
    private final String prefix;

    Work(String name, int n, String prefix) {
      this.name = name;
      this.n = n;
      this.prefix = prefix;
    }

    abstract void once(One one, long number) throws SQLException;

    final String key(long number) {
      return prefix + number;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public int n() {
      return n;
    }

    @Override
    public void prepare() throws SQLException {
      // Nothing has to be there.
    }

    @Override
    public void start(long number, Ended ended) {
      threads.execute(() -> run(number, ended));
    }

    private void run(long number, Ended ended) {
      try {
        One one = free.take();
        try {
          once(one, number);
        } finally {
          free.add(one);
        }
      } catch (SQLException | InterruptedException | IllegalStateException e) {
        ended.with(e);
        return;
      }
      ended.with(null);
    }
  }

  /** A connection with its statements. */
  private static final class One {
    private final Connection connection;
    private final PreparedStatement claim;
    private final PreparedStatement step;
    private final PreparedStatement done;
    private final PreparedStatement read;

    One(Connection connection) throws SQLException {
      this.connection = connection;
      claim = connection.prepareStatement(CLAIM);
      step = connection.prepareStatement(STEP);
      done = connection.prepareStatement(DONE);
      read = connection.prepareStatement(READ);
    }

    void workflow(String key, int n) throws SQLException {
      claim.setString(1, key);
      expectOne(claim.executeUpdate(), key);
      for (int i = 0; i < n; i++) {
        step.setString(1, key);
        step.setInt(2, i);
        step.setBytes(3, ANSWER);
        expectOne(step.executeUpdate(), key);
      }
      done.setBytes(1, ANSWER);
      done.setString(2, key);
      expectOne(done.executeUpdate(), key);
    }

    void read(String key) throws SQLException {
      read.setString(1, key);
      try (ResultSet result = read.executeQuery()) {
        if (!result.next() || result.getBytes(1) == null) {
          throw new IllegalStateException("no answer of " + key);
        }
      }
    }

    private static void expectOne(int rows, String key) {
      if (rows != 1) {
        throw new IllegalStateException(rows + " rows instead of one for " + key);
      }
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (One one : all) {
      one.connection.close();
    }
  }
}
