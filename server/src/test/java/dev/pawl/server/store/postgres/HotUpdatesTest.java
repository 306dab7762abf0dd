package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pawl.schema.SqlProfile;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.RunChange;
import java.util.List;
import org.jooq.Record;
import org.junit.jupiter.api.Test;

/** What is written again and again stays where it is: no index has to be told. */
class HotUpdatesTest extends RunStoreTest {
  private static final int BEATS = 300;

  private record Updates(long all, long inPlace) {}

  /** Once a connection is closed, what it did is counted. */
  private static Updates updates(String table, long atLeast) {
    for (int look = 0; look < 100; look++) {
      Record counted =
          database
              .database()
              .read(
                  sql ->
                      sql.fetchSingle(
                          "select n_tup_upd, n_tup_hot_upd from pg_stat_user_tables"
                              + " where schemaname = 'public' and relname = ?",
                          table));
      Updates updates = new Updates(counted.get(0, Long.class), counted.get(1, Long.class));
      if (updates.all >= atLeast) {
        return updates;
      }
      database.database().read(sql -> sql.fetch("select pg_sleep(0.1)"));
    }
    throw new AssertionError("less than " + atLeast + " updates of " + table + " were counted");
  }

  @Test
  void beatsAreHeapOnly() {
    try (Database own = Database.open(database.settings().withPoolSize(1))) {
      ExecutorStore executors = new PostgresStore(own, TestDatabase.sealer()).executors();
      executors.register("one", "a:1");
      executors.register("two", "b:1");
      for (int i = 0; i < BEATS; i++) {
        executors.heartbeat(i % 2 == 0 ? "one" : "two");
      }
    }
    Updates beats = updates("executor", BEATS);
    assertThat(beats.inPlace).isEqualTo(beats.all);
  }

  @Test
  void theFenceOfARunsStepsIsHeapOnlyToo() throws Exception {
    assumeThat(SqlProfile.standard()).isEqualTo(SqlProfile.POSTGRESQL);
    try (Database own = Database.open(database.settings().withPoolSize(1))) {
      RunRecord run = started("with-many-steps", "ex-1");
      for (int i = 0; i < BEATS; i++) {
        new PostgresStore(own, TestDatabase.sealer())
            .runs()
            .record(
                run.key(),
                1,
                new RunChange(List.of(succeeded("s" + i)), null, null, null, List.of()));
      }
    }
    Updates fences = updates("run", BEATS);
    // A page may be full for the first of them.
    assertThat(fences.inPlace).isGreaterThan(fences.all * 9 / 10);
  }

  @Test
  void noIndexKnowsOfASignOfLifeOrALease() {
    List<String> indexes =
        database
            .database()
            .read(
                sql ->
                    sql.fetch("select indexdef from pg_indexes where schemaname = 'public'")
                        .getValues(0, String.class));
    assertThat(indexes).isNotEmpty().noneMatch(i -> i.contains("heartbeat_at"));
    assertThat(indexes).noneMatch(i -> i.contains("lease_until"));
  }
}
