package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.HistoryStore;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.Test;

/** What runs are of: stored once, for as long as a run is of it. */
class KeptDefinitionsTest extends RunStoreTest {
  private static final String ALL = "true";
  private static final String MARKED = "unused_since is not null";

  private final HistoryStore history = database.store().history();

  private int definitions(String which) {
    return database
        .database()
        .read(
            sql ->
                sql.fetchCount(
                    DSL.table("definition"),
                    DSL.condition("namespace = ? and " + which, namespace)));
  }

  private void expectReadable(RunRecord run) {
    RunRecord read = store.find(new RunKey(namespace, run.key().runId())).orElseThrow();
    assertThat(read.definition()).isEqualTo(run.definition()).isNotEmpty();
  }

  @Test
  void aDefinitionIsKeptOnceAndGoesADayAfterItsLastRun() {
    expectReadable(started("r1", "ex-1"));
    expectReadable(started("r2", "ex-1"));
    assertThat(definitions(ALL)).isEqualTo(1);

    database.execute("delete from run");
    history.removeDefinitions();
    history.removeDefinitions();
    assertThat(definitions(MARKED)).isEqualTo(1);

    database.execute("update definition set unused_since = unused_since - interval '25 hours'");
    assertThat(history.removeDefinitions()).isPositive();
    assertThat(definitions(ALL)).isZero();
  }

  @Test
  void aDefinitionThatIsAboutToGoStaysForWhoeverStartsARunOfIt() {
    started("r1", "ex-1");
    database.execute("delete from run");
    history.removeDefinitions();
    assertThat(definitions(MARKED)).isEqualTo(1);

    RunRecord late = started("r2", "ex-1");
    assertThat(definitions(MARKED)).isZero();
    history.removeDefinitions();
    assertThat(definitions(MARKED)).isZero();
    expectReadable(late);
  }

  @Test
  void aDefinitionThatIsTakenForStoredAndIsNotIsStoredAgain() {
    started("r1", "ex-1");
    database.execute("delete from definition");

    expectReadable(started("r2", "ex-1"));
  }
}
