package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.postgres.Database;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.SeenStatements;
import dev.pawl.server.store.postgres.TestDatabase;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a run asks of the database, by its size: counted, since times say little here. */
class LinearCostTest {
  private static final int FEW = 10;
  private static final int MANY = 60;

  /** Before its method runs, and after. */
  private static final int WRITES_OF_A_STEP = 2;

  private final World world = new World();

  /** Each after the one before, so that no two are written together. */
  private static String steps(int n, String method) {
    return Flow.steps(
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    "- {id: s%d, method: %s%s}"
                        .formatted(i, method, i == 0 ? "" : ", dependsOn: [s" + (i - 1) + "]"))
            .collect(Collectors.joining("\n")));
  }

  private static String iterations(int n) {
    String items = IntStream.range(0, n).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return Flow.steps(
        """
        - id: each
          method: act
          forEach: {in: [%s], concurrency: 1}
          instance: "item-${{ each.value }}"
        """
            .formatted(items));
  }

  /** Runs it, with a watcher. */
  private SeenStatements statementsOf(String workflow) throws Exception {
    SeenStatements seen = new SeenStatements();
    try (TestDatabase database = TestDatabase.create();
        Database pool = seen.open(database)) {
      PostgresStore store = new PostgresStore(pool, TestDatabase.sealer());
      try (TestExecutor executor = TestExecutor.start(store, store.runs(), world.models(), 5)) {
        assertThat(executor.run(workflow).status()).isEqualTo(RunStatus.SUCCEEDED);
      }
    }
    return seen;
  }

  private static void assertLinear(SeenStatements few, SeenStatements many) {
    // A run that found no place at once was queued and claimed, which is told too.
    assertThat(commits(many) - commits(few))
        .isCloseTo((long) WRITES_OF_A_STEP * (MANY - FEW), within(2L));
  }

  private static long commits(SeenStatements seen) {
    return seen.count(sql -> sql.startsWith("with change as"));
  }

  /** Without quotes and schemas, as it would be written by hand. */
  private static String plain(String sql) {
    return sql.replace("\"", "").replace("public.", "");
  }

  /** The definition and the inputs grow with the run: to read them for each step is a square. */
  private static long wholeRuns(SeenStatements seen) {
    return seen.count(
        sql -> plain(sql).contains("run.definition") && plain(sql).contains("run.run_id = ?"));
  }

  @Test
  void aStepCostsTheSameInALongWorkflow() throws Exception {
    SeenStatements few = statementsOf(steps(FEW, "act"));
    SeenStatements many = statementsOf(steps(MANY, "act"));
    assertLinear(few, many);
    assertThat(wholeRuns(few)).as("the filter finds what it is to find").isPositive();
    assertThat(wholeRuns(many)).isLessThan(wholeRuns(few) + FEW);
  }

  @Test
  void anIterationCostsTheSameInALongForEach() throws Exception {
    SeenStatements few = statementsOf(iterations(FEW));
    SeenStatements many = statementsOf(iterations(MANY));
    assertLinear(few, many);
    assertThat(wholeRuns(many)).isLessThan(wholeRuns(few) + FEW);
  }

  /** One that takes long is told of besides, and a busy machine makes some of them long. */
  @Test
  void aStepThatMayBeRepeatedIsWrittenOnceAndTheLastWithTheRunsEnd() throws Exception {
    SeenStatements seen = statementsOf(steps(MANY, "read"));
    assertThat(commits(seen)).isBetween((long) MANY, (long) (MANY * 1.5));
    assertThat(seen.count(sql -> sql.startsWith("with given as"))).isEqualTo(1);
  }
}
