package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class DatabaseTest extends WithDatabase {
  @Test
  void anInterruptedCallersWriteIsWholeAndTheInterruptIsKept() throws Exception {
    AtomicReference<Object> seen = new AtomicReference<>("nothing");
    CountDownLatch inside = new CountDownLatch(1);
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  int rows =
                      database
                          .database()
                          .transaction(
                              sql -> {
                                inside.countDown();
                                sql.execute("select pg_sleep(0.2)");
                                return sql.execute(
                                    "insert into executor (executor_id, address)"
                                        + " values ('interrupted', '')");
                              });
                  seen.set(rows + " row, interrupted " + Thread.currentThread().isInterrupted());
                });
    inside.await();
    caller.interrupt();
    caller.join();

    assertThat(seen.get()).isEqualTo("1 row, interrupted true");
    assertThat(count("executor where executor_id = 'interrupted'")).isEqualTo(1);
  }

  @Test
  void moreCallersThanConnectionsAllGetTheirTurn() throws Exception {
    try (Database small = Database.open(database.settings().withPoolSize(2))) {
      assertThat(
              Together.call(
                  100,
                  i -> small.<Integer>read(sql -> sql.fetchOne("select " + i).get(0, int.class))))
          .hasSize(100)
          .doesNotContainNull();
    }
  }

  @Test
  void aCallThatWaitedTooLongIsRefusedAndWasNotBegun() throws Exception {
    DatabaseSettings impatient =
        database.settings().withPoolSize(1).withPatience(Duration.ofMillis(500));
    try (Database small = Database.open(impatient)) {
      CountDownLatch busy = new CountDownLatch(1);
      Thread first =
          Thread.ofVirtual()
              .start(
                  () ->
                      small.write(
                          sql -> {
                            busy.countDown();
                            return sql.execute("select pg_sleep(1.5)");
                          }));
      busy.await();
      assertThatThrownBy(
              () ->
                  small.write(
                      sql ->
                          sql.execute(
                              "insert into executor (executor_id, address) values ('late', '')")))
          .isInstanceOf(DatabaseUnavailable.class)
          .hasMessageContaining("nothing was begun");
      first.join();
      assertThat(count("executor where executor_id = 'late'")).isZero();
    }
  }

  @Test
  void commitsAreDurableWhateverTheDatabaseDefaultsTo() {
    String name = database.settings().url().replaceAll(".*/", "");
    database
        .database()
        .write(sql -> sql.execute("alter database " + name + " set synchronous_commit = off"));
    try (Database opened = Database.open(database.settings().withPoolSize(1))) {
      assertThat(setting(opened, "synchronous_commit")).isEqualTo("on");
      assertThat(setting(opened, "statement_timeout")).isEqualTo("30s");
    }
  }

  @Test
  void aRefusalNamesThePlaceAndNoPassword() {
    DatabaseSettings wrong =
        DatabaseSettings.of(database.settings().url() + "?user=x", "nobody", "hunter2");
    assertThatThrownBy(() -> Database.open(wrong))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("jdbc:postgresql://127.0.0.1")
        .hasMessageNotContaining("hunter2");
    assertThat(wrong.toString()).doesNotContain("hunter2");
    assertThatThrownBy(() -> DatabaseSettings.of("mysql://x", "a", "b"))
        .hasMessageContaining("jdbc:postgresql:");
  }

  @Test
  void aClosedDatabaseSaysThatPawlIsStopping() {
    Database closed = Database.open(database.settings().withPoolSize(1));
    closed.close();
    assertThatThrownBy(() -> closed.read(sql -> sql.execute("select 1")))
        .isInstanceOf(DatabaseUnavailable.class)
        .hasMessageContaining("stopping");
  }

  @Test
  void aReadIsRepeatedWhenTheConnectionWasCut() {
    try (TestDatabase cut = TestDatabase.create()) {
      assertThat(one(cut.database())).isEqualTo(1);
      String name = cut.settings().url().replaceAll(".*/", "");
      int ended =
          database
              .database()
              .write(
                  sql ->
                      sql.fetch(
                          "select pg_terminate_backend(pid, 30000) from pg_stat_activity"
                              + " where datname = ?",
                          name))
              .size();
      assertThat(ended).isPositive();
      assertThat(one(cut.database())).isEqualTo(1);
    }
  }

  @Test
  void aSignOfLifeDoesNotWaitForATurn() throws Exception {
    try (Database busy = Database.open(database.settings().withPoolSize(1))) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch told = new CountDownLatch(1);
      Thread working =
          Thread.ofVirtual()
              .start(
                  () ->
                      busy.write(
                          sql -> {
                            begun.countDown();
                            return awaited(told);
                          }));
      begun.await();
      assertThat(busy.<Boolean>signOfLife(sql -> sql.fetchExists(sql.selectOne()))).isTrue();
      told.countDown();
      working.join();
    }
  }

  private static int one(Database in) {
    return in.read(sql -> sql.fetchOne("select 1").get(0, int.class));
  }

  private static boolean awaited(CountDownLatch latch) {
    try {
      return latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String setting(Database in, String name) {
    return in.read(sql -> sql.fetchOne("select current_setting(?)", name).get(0, String.class));
  }

  private static int count(String from) {
    return database
        .database()
        .read(sql -> sql.fetchOne("select count(*) from " + from).get(0, int.class));
  }
}
