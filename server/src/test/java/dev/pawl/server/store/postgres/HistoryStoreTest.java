package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.schema.SqlProfile;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.HistoryStore;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is kept of runs for how long. The database's clock is moved, and run ids with it. */
class HistoryStoreTest extends RunStoreTest {
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration KEPT = Duration.ofDays(10);
  private static final List<String> HISTORY = List.of("run_event", "step_execution", "log_line");

  private final HistoryStore history = database.store().history();
  private Duration ahead = Duration.ZERO;
  private final RunIds ids =
      new RunIds(() -> InstantSource.system().instant().plus(ahead), new Random(7));

  /** One clock for all tests of the class: none goes back. */
  private static Duration passed = Duration.ZERO;

  @BeforeEach
  void noRuns() {
    ahead = passed;
    for (String table :
        List.of("run", "attempt", "run_event", "step_execution", "idempotency_key", "definition")) {
      database.execute("delete from " + table);
    }
    pass(DAY.multipliedBy(3));
    history.prepare(DAY);
  }

  @AfterEach
  void remember() {
    passed = ahead;
  }

  private void pass(Duration time) {
    database.advance(time);
    ahead = ahead.plus(time);
  }

  private RunRecord begun() {
    return started(ids.next(), "ex-1");
  }

  private void end(RunRecord run) throws Exception {
    store.record(
        run.key(),
        1,
        new RunChange(
            List.of(succeeded("vpc")),
            new RunChange.End(RunStatus.FAILED, "STEP_FAILED", "it broke", null),
            null,
            null,
            List.of()));
  }

  private RunRecord ended() throws Exception {
    RunRecord run = begun();
    end(run);
    return run;
  }

  private static List<String> partitions(String table) {
    return database
        .database()
        .read(
            sql ->
                sql.fetch(
                        "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid"
                            + " where i.inhparent = to_regclass(?) order by 1",
                        table)
                    .getValues(0, String.class));
  }

  private static String partitionOf(RunKey run, String table) {
    return database
        .database()
        .read(
            sql ->
                sql.fetchSingle(
                        "select min(tableoid::regclass::text) from " + table + " where run_id = ?",
                        run.runId())
                    .get(0, String.class));
  }

  private static int rows(RunKey run, String table) {
    return database
        .database()
        .read(
            sql ->
                sql.fetchSingle("select count(*) from " + table + " where run_id = ?", run.runId())
                    .get(0, Integer.class));
  }

  private static void assumePartitions() {
    assumeThat(SqlProfile.standard()).isEqualTo(SqlProfile.POSTGRESQL);
  }

  @Test
  void aRunsHistoryIsInThePartitionOfItsTimeAndThereIsAlwaysOneAhead() throws Exception {
    assumePartitions();
    RunRecord run = ended();
    String today = partitionOf(run.key(), "run_event");
    assertThat(today).matches("run_event_p\\d{12}");
    assertThat(partitionOf(run.key(), "step_execution")).endsWith(today.substring(9));

    pass(DAY);
    RunRecord next = ended();
    assertThat(partitionOf(next.key(), "run_event")).matches("run_event_p\\d{12}");
    int before = partitions("run_event").size();
    history.prepare(DAY);
    int after = partitions("run_event").size();
    history.prepare(DAY);
    assertThat(after).isEqualTo(before + 1);
    assertThat(partitions("run_event")).hasSize(after);
    assertThat(store.steps(run.key())).hasSize(1);
    assertThat(store.events(run.key(), 0, 10)).hasSize(3);
  }

  @Test
  void whatCameWithoutAPartitionIsTakenIntoTheNextOne() throws Exception {
    assumePartitions();
    pass(DAY.multipliedBy(20));
    RunRecord run = ended();
    assertThat(partitionOf(run.key(), "run_event")).isEqualTo("run_event_p_rest");

    history.prepare(DAY);

    assertThat(partitionOf(run.key(), "run_event")).matches("run_event_p\\d{12}");
    assertThat(store.events(run.key(), 0, 10)).hasSize(3);
  }

  @Test
  void replicasMakePartitionsTogether() throws Exception {
    assumePartitions();
    pass(DAY.multipliedBy(2));
    List<Integer> done =
        Together.call(
            4,
            i -> {
              try {
                history.prepare(DAY);
                return 1;
              } catch (DataAccessException e) {
                assertThat(e.sqlState()).isEqualTo("55P03");
                return 0;
              }
            });
    assertThat(done).contains(1);
    assertThat(partitionOf(ended().key(), "log_line")).isNull();
    assertThat(partitionOf(ended().key(), "run_event")).matches("run_event_p\\d{12}");
  }

  @Test
  void whatEndedLongAgoGoesAndNothingElse() throws Exception {
    RunRecord open = begun();
    RunRecord old = ended();
    pass(KEPT.plus(DAY.multipliedBy(4)));
    history.prepare(DAY);
    RunRecord young = ended();

    assertThat(history.remove(KEPT, 10)).isEqualTo(1);
    assertThat(history.remove(KEPT, 10)).isZero();

    assertThat(store.find(old.key())).isEmpty();
    assertThat(store.attempts(old.key())).isEmpty();
    assertThat(store.events(old.key(), 0, 10)).isEmpty();
    assertThat(now(open).status()).isEqualTo(RunStatus.RUNNING);
    assertThat(now(young).status()).isEqualTo(RunStatus.FAILED);
  }

  @Test
  void ofARemovedRunNothingIsToldThoughItsHistoryIsStillThere() throws Exception {
    RunRecord old = begun();
    store.record(
        old.key(),
        1,
        new RunChange(
            List.of(succeeded("vpc")), null, null, null, List.of(LogStoreTest.line(1, "said"))));
    end(old);
    LogQuery lines = new LogQuery(old.key(), 0, 10, null, null, null);
    assertThat(store.logs(lines)).hasSize(1);
    pass(KEPT.plus(DAY.multipliedBy(4)));

    assertThat(history.remove(KEPT, 10)).isEqualTo(1);

    // Without partitions it goes with its run.
    boolean kept = SqlProfile.standard() == SqlProfile.POSTGRESQL;
    assertThat(rows(old.key(), "run_event") > 0).isEqualTo(kept);
    for (long from = 0; from < 5; from++) {
      assertThat(store.events(old.key(), from, 10)).as("after %s", from).isEmpty();
    }
    assertThat(store.logs(lines)).isEmpty();
  }

  @Test
  void historyGoesWithTheLastRunOfItsTime() throws Exception {
    RunRecord open = begun();
    RunRecord old = ended();
    pass(KEPT.plus(DAY.multipliedBy(4)));
    history.prepare(DAY);
    RunRecord young = ended();
    history.remove(KEPT, 10);
    history.drop(KEPT);
    assertThat(store.events(open.key(), 0, 10)).hasSize(1);

    end(open);
    history.drop(KEPT);
    assertThat(store.events(open.key(), 0, 10)).hasSize(3);

    pass(KEPT.plus(DAY));
    history.prepare(DAY);
    RunRecord youngest = ended();
    assertThat(history.remove(KEPT, 10)).isEqualTo(2);
    history.drop(KEPT);

    for (String table : HISTORY) {
      assertThat(rows(open.key(), table)).as(table).isZero();
      assertThat(rows(old.key(), table)).as(table).isZero();
    }
    assertThat(store.find(young.key())).isEmpty();
    assertThat(store.events(youngest.key(), 0, 10)).hasSize(3);
    assertThat(rows(youngest.key(), "step_execution")).isEqualTo(1);
  }

  @Test
  void theKeyOfARemovedRunIsATombstone() throws Exception {
    RunKey run = new RunKey(namespace, ids.next());
    store.start(newRun(run.runId(), "ex-1", key("k")));
    end(store.find(run).orElseThrow());
    pass(KEPT.plus(DAY));

    assertThat(history.remove(KEPT, 10)).isEqualTo(1);

    KnownKey known = database.store().keys().find(namespace, key("k")).orElseThrow();
    assertThat(known.isExpired()).isTrue();
    assertThat(known.runId()).isEqualTo(run.runId());
  }

  @Test
  void aRunThatIsRetriedIsKept() throws Exception {
    RunRecord run = ended();
    pass(KEPT.plus(DAY));
    store.begin(
        new NewAttempt(now(run), AttemptReason.RETRY, "me", null, null, null, "ex-1", null));

    assertThat(history.remove(KEPT, 10)).isZero();
    assertThat(now(run).attempt()).isEqualTo(2);
  }

  @Test
  void aChildIsKeptWithItsParent() throws Exception {
    RunRecord parent = begun();
    RunRecord child = ended();
    database.execute(
        "update run set parent_run_id = '"
            + parent.key().runId()
            + "', parent_step_id = 's', parent_iteration = '' where run_id = '"
            + child.key().runId()
            + "'");
    pass(KEPT.plus(DAY));
    assertThat(history.remove(KEPT, 10)).isZero();

    end(parent);
    pass(KEPT.plus(DAY));
    assertThat(history.remove(KEPT, 10)).isEqualTo(1);
    assertThat(store.find(parent.key())).isEmpty();
    assertThat(history.remove(KEPT, 10)).isEqualTo(1);
    assertThat(store.find(child.key())).isEmpty();
  }

  @Test
  void whoReadsWhileAnotherDropsIsNotDisturbedAndTheDropComesLater() throws Exception {
    assumePartitions();
    ended();
    pass(KEPT.plus(DAY.multipliedBy(4)));
    history.prepare(DAY);
    history.remove(KEPT, 10);
    DatabaseSettings at = database.settings();
    try (Connection reader = DriverManager.getConnection(at.url(), at.user(), at.password())) {
      reader.setAutoCommit(false);
      reader.createStatement().executeQuery("select count(*) from step_execution");
      assertThatThrownBy(() -> history.drop(KEPT)).hasMessageContaining("lock timeout");
      reader.createStatement().executeQuery("select count(*) from step_execution");
      reader.rollback();
    }
    assertThat(history.drop(KEPT)).isPositive();
  }

  @Test
  void runsGoOnWhilePartitionsComeAndGo() throws Exception {
    assumePartitions();
    AtomicBoolean done = new AtomicBoolean();
    List<Integer> counts =
        Together.call(
            4,
            i -> {
              if (i == 0) {
                for (int round = 0; round < 12; round++) {
                  database.advance(DAY);
                  tryTo(() -> history.prepare(DAY));
                  while (history.remove(KEPT, 50) > 0) {}
                  tryTo(() -> history.drop(KEPT));
                }
                done.set(true);
                return 0;
              }
              int runs = 0;
              while (!done.get()) {
                RunKey run =
                    new RunKey(namespace, new RunIds(InstantSource.system(), new Random()).next());
                // Of its time, so that no retention takes it while it is looked at.
                RunRecord begun = started(run.runId(), "ex-1");
                assertThat(store.events(begun.key(), 0, 10)).hasSize(1);
                store.record(
                    run, 1, new RunChange(List.of(succeeded("a")), null, null, null, List.of()));
                assertThat(store.steps(run)).hasSize(1);
                runs++;
              }
              return runs;
            });
    assertThat(counts.stream().mapToInt(Integer::intValue).sum()).isPositive();
    ahead = ahead.plus(DAY.multipliedBy(12));
  }

  private static void tryTo(Runnable part) {
    try {
      part.run();
    } catch (DataAccessException e) {
      assertThat(e.sqlState()).as(e.getMessage()).isEqualTo("55P03");
    }
  }
}
