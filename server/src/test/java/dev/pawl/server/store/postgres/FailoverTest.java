package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections that were opened to what takes no writes, as to a primary that is a standby now. */
class FailoverTest {
  private static final String INSERT =
      "insert into executor (executor_id, address) values ('e-1', '')";

  private TestDatabase direct;
  private Database database;

  @BeforeEach
  void openOnWhatTakesNoWrites() {
    direct = TestDatabase.create();
    readOnly("on");
    database = Database.open(direct.settings().withPoolSize(1));
    refused();
  }

  @AfterEach
  void close() {
    database.close();
    direct.close();
  }

  /** For connections opened from now on. */
  private void readOnly(String setting) {
    direct
        .database()
        .write(
            sql ->
                sql.execute(
                    "do $$ begin execute format('alter database %I set"
                        + " default_transaction_read_only ="
                        + setting
                        + "', current_database()); end $$"));
  }

  private void refused() {
    // As many as there are connections, so that none is left that was not asked.
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> database.write(sql -> sql.execute(INSERT)))
          .isInstanceOf(DataAccessException.class)
          .hasMessageContaining("read-only");
    }
  }

  @Test
  void aConnectionThatTakesNoWritesIsNotUsedAgain() {
    readOnly("off");

    // What the pool had opened meanwhile may be refused too.
    assertThat(writeWithin(5)).isEqualTo(1);
  }

  private int writeWithin(int attempts) {
    for (int i = 1; i < attempts; i++) {
      try {
        return database.write(sql -> sql.execute(INSERT));
      } catch (DataAccessException e) {
        assertThat(e.sqlState()).isEqualTo(SqlStates.READ_ONLY);
      }
    }
    return database.write(sql -> sql.execute(INSERT));
  }

  @Test
  void aSureWriteWaitsForThePrimary() {
    AtomicInteger attempts = new AtomicInteger();

    Optional<Integer> written =
        new SureWrite(database)
            .run(
                () -> {
                  if (attempts.incrementAndGet() == 2) {
                    readOnly("off");
                  }
                  return Optional.of(database.<Integer>write(sql -> sql.execute(INSERT)));
                },
                Optional::empty);

    assertThat(written).contains(1);
    assertThat(attempts.get()).isGreaterThan(1);
  }
}
