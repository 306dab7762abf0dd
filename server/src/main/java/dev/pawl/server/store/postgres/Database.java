package dev.pawl.server.store.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.pawl.postgres.PostgresVersion;
import dev.pawl.schema.SqlProfile;
import dev.pawl.server.store.postgres.query.Profile;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import javax.sql.DataSource;
import org.jooq.DSLContext;
import org.jooq.Log;
import org.jooq.SQLDialect;
import org.jooq.conf.Settings;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConnectionProvider;
import org.jooq.tools.JooqLogger;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * The connections to PostgreSQL. Calls wait for their turn in the order they came; a caller's
 * interrupt never cuts a statement off.
 */
public final class Database implements AutoCloseable {
  private static final long CONNECT_MILLIS = 10_000;

  /** Eight kinds of groups, each with so many threads. */
  private static final int GROUPS = 8 * GroupCommit.FLUSHERS;

  /**
   * A server that was paused in a transaction must not hold its locks for as long as others wait
   * for them.
   */
  private static final long IDLE_MILLIS = 10_000;

  /** What the answer to a cancelled statement gets to arrive. */
  private static final Duration ANSWER_MARGIN = Duration.ofSeconds(10);

  static {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    // It warns of every PostgreSQL but the newest, though what we ask of it works on 15 too.
    JooqLogger.globalThreshold(Log.Level.ERROR);
  }

  private final HikariDataSource pool;
  private final Turns turns;

  /** For signs of life: they must not wait for a turn behind the work that they speak for. */
  private final Turns lifeline;

  /** For groups of writes, whose statements are few and always the same. */
  private final HikariDataSource groups;

  private final List<GroupCommit<?, ?>> open = new CopyOnWriteArrayList<>();
  private final Duration patience;
  private final DSLContext sql;
  private final SqlProfile profile;
  private final PGSimpleDataSource unhurried = new PGSimpleDataSource();

  private Database(HikariDataSource pool, HikariDataSource groups, DatabaseSettings settings) {
    this.pool = pool;
    this.groups = groups;
    this.patience = settings.patience();
    this.turns = new Turns(settings.poolSize(), settings.patience());
    this.lifeline = new Turns(1, settings.patience());
    this.profile = settings.profile();
    unhurried.setUrl(settings.url());
    // Else the URL says who we are.
    if (!settings.user().isEmpty()) {
      unhurried.setUser(settings.user());
      unhurried.setPassword(settings.password());
    }
    this.sql = DSL.using(pool, SQLDialect.POSTGRES, new Settings().withExecuteLogging(false));
    Profile.set(sql, profile);
  }

  /**
   * Connects.
   *
   * @throws DatabaseUnavailable when the database can't be reached or refuses us
   * @throws dev.pawl.postgres.PostgresException when it is too old or no PostgreSQL
   */
  public static Database open(DatabaseSettings settings) {
    HikariDataSource pool;
    try {
      pool = new HikariDataSource(config(settings, "pawl", settings.poolSize() + 1, ""));
    } catch (HikariPool.PoolInitializationException e) {
      throw unreachable(settings, e);
    }
    try (Connection connection = pool.getConnection()) {
      PostgresVersion.check(connection);
    } catch (SQLException e) {
      pool.close();
      throw unreachable(settings, e);
    } catch (RuntimeException e) {
      pool.close();
      throw e;
    }
    // Their rows are found by key, also while the tables are small, and no plan is better for some
    // arrays than for others: planning takes as long as writing a few entries.
    String byKey =
        ", set_config('enable_seqscan', 'off', false), set_config('enable_hashjoin', 'off', false),"
            + " set_config('enable_mergejoin', 'off', false),"
            + " set_config('plan_cache_mode', 'force_generic_plan', false)";
    HikariConfig groups = config(settings, "pawl-groups", GROUPS, byKey);
    groups.addDataSourceProperty("prepareThreshold", "1");
    groups.setInitializationFailTimeout(-1);
    return new Database(pool, new HikariDataSource(groups), settings);
  }

  private static HikariConfig config(
      DatabaseSettings settings, String name, int size, String alsoSet) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(settings.url());
    config.setUsername(settings.user());
    config.setPassword(settings.password());
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(CONNECT_MILLIS);
    // remote_apply promises more than on does; everything else promises less.
    config.setConnectionInitSql(
        "select set_config('synchronous_commit', case current_setting('synchronous_commit')"
            + " when 'remote_apply' then 'remote_apply' else 'on' end, false),"
            + " set_config('statement_timeout', '"
            + settings.statementTimeout().toMillis()
            + "', false),"
            + " set_config('idle_in_transaction_session_timeout', '"
            + IDLE_MILLIS
            + "', false)"
            + alsoSet);
    config.setExceptionOverride(new LeaveFormerPrimary());
    config.addDataSourceProperty("ApplicationName", "pawl");
    config.addDataSourceProperty("tcpKeepAlive", "true");
    // A network that swallows packets would hold a thread for as long as TCP hopes.
    long answer = settings.statementTimeout().plus(ANSWER_MARGIN).toSeconds();
    config.addDataSourceProperty("socketTimeout", Long.toString(answer));
    return config;
  }

  private static DatabaseUnavailable unreachable(DatabaseSettings settings, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new DatabaseUnavailable(
        "The database at " + settings.place() + " can't be used: " + cause.getMessage(), e);
  }

  /** What it understands. */
  SqlProfile profile() {
    return profile;
  }

  /** For migrations: outside the queue, and without a limit to what one statement may take. */
  public DataSource dataSource() {
    return unhurried;
  }

  /** One statement without effect; repeated once when the connection breaks. */
  <T> T read(Work<T> work) {
    return twice(turns, work);
  }

  /** One short statement that may be repeated, past all who wait for their turn. */
  <T> T signOfLife(Work<T> work) {
    return twice(lifeline, work);
  }

  private <T> T twice(Turns queue, Work<T> work) {
    try {
      return queue.take(() -> work.run(sql));
    } catch (DataAccessException e) {
      if (!SqlStates.isBrokenConnection(e)) {
        throw e;
      }
      connectAnew();
      return queue.take(() -> work.run(sql));
    }
  }

  /** What broke one connection broke the idle ones too, as a rule. */
  void connectAnew() {
    pool.getHikariPoolMXBean().softEvictConnections();
    groups.getHikariPoolMXBean().softEvictConnections();
  }

  /** Statements by plain JDBC, each a commit. */
  @FunctionalInterface
  interface Statements<E, R> {
    List<R> write(Connection connection, List<E> entries) throws SQLException;
  }

  /**
   * Writes of many callers, a few commits; repeated once when undone for the sake of another.
   *
   * @param apart whether a group has at most one entry of each order
   */
  <E, R> GroupCommit<E, R> groups(String name, boolean apart, Statements<E, R> statements) {
    return groups(name, apart, statements, SqlStates::isUndoneForAnother);
  }

  /** Reads of many callers, a few statements; repeated once when the connection breaks. */
  <E, R> GroupCommit<E, R> groupedReads(String name, Statements<E, R> statements) {
    return groups(name, false, statements, SqlStates::isBrokenConnection);
  }

  private <E, R> GroupCommit<E, R> groups(
      String name,
      boolean apart,
      Statements<E, R> statements,
      Predicate<DataAccessException> isWorthAnother) {
    GroupCommit<E, R> commits =
        new GroupCommit<>(
            name,
            patience,
            apart,
            entries -> {
              try {
                return grouped(statements, entries);
              } catch (DataAccessException e) {
                if (!isWorthAnother.test(e)) {
                  throw e;
                }
                if (SqlStates.isBrokenConnection(e)) {
                  connectAnew();
                }
                return grouped(statements, entries);
              }
            });
    open.add(commits);
    return commits;
  }

  private <E, R> List<R> grouped(Statements<E, R> statements, List<E> entries) {
    try (Connection connection = groups.getConnection()) {
      return statements.write(connection, entries);
    } catch (SQLException e) {
      throw new DataAccessException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Statements that each commit by themselves. */
  <T> T write(Work<T> work) {
    return turns.take(() -> work.run(sql));
  }

  /** All or nothing; repeated once when PostgreSQL undid it for the sake of another. */
  <T> T transaction(Work<T> work) {
    try {
      return once(work);
    } catch (DataAccessException e) {
      if (!SqlStates.isUndoneForAnother(e)) {
        throw e;
      }
      return once(work);
    }
  }

  private <T> T once(Work<T> work) {
    return turns.take(() -> inOne(work));
  }

  /**
   * By hand: jOOQ's own transactions ask PostgreSQL for their isolation each time. What was not
   * committed is rolled back by the pool when the connection is closed.
   */
  private <T> T inOne(Work<T> work) {
    try (Connection connection = pool.getConnection()) {
      connection.setAutoCommit(false);
      T answer =
          work.run(sql.configuration().derive(new DefaultConnectionProvider(connection)).dsl());
      connection.commit();
      return answer;
    } catch (SQLException e) {
      throw new DataAccessException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    lifeline.close();
    turns.close();
    open.forEach(GroupCommit::close);
    groups.close();
    pool.close();
  }
}
