package dev.pawl.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.server.store.postgres.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two real servers on one database, of which one dies or is paused. */
@Timeout(300)
class TakeOverTest {
  private static final int RUNS = 100;
  private static final StepKey BEFORE = StepKey.of("before");
  private static final String WORKFLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: crash}
      spec:
        recovery: {strategy: idempotent}
        steps:
          - {id: before, model: test/ledger, method: act, instance: x}
          - {id: during, model: test/ledger, method: wait, instance: x, dependsOn: [before]}
          - {id: after, model: test/ledger, method: act, instance: x, dependsOn: [during]}
      """;

  @TempDir Path home;
  private TestDatabase database;
  private RunStore runs;
  private Path ledger;

  @BeforeEach
  void open() throws Exception {
    database = TestDatabase.create();
    runs = database.store().runs();
    ledger = Files.createFile(home.resolve("ledger"));
  }

  @AfterEach
  void close() {
    database.close();
  }

  private ServerProcess server() throws Exception {
    return ServerProcess.start(database.settings(), home, ledger, 0);
  }

  private List<RunRecord> all() {
    return runs.list(new RunQuery("default", null, 1000, Set.of(), null));
  }

  private void start(ServerProcess server, int count) throws Exception {
    for (int i = 0; i < count; i++) {
      server.startRun(WORKFLOW, "run-" + i);
    }
    Waiting.until(
        "every run is in its second step",
        () ->
            all().stream()
                .allMatch(
                    run ->
                        runs.steps(run.key()).stream()
                            .anyMatch(
                                s ->
                                    s.key().stepId().equals("during")
                                        && s.status() == StepStatus.RUNNING)));
  }

  private void openGate() throws Exception {
    Files.createFile(Path.of(ledger + ".gate"));
  }

  private void awaitEnds() throws Exception {
    Waiting.until("every run ends", () -> all().stream().allMatch(run -> run.status().hasEnded()));
  }

  @Test
  void theOtherServerFinishesWhatAKilledOneHad() throws Exception {
    try (ServerProcess doomed = server()) {
      start(doomed, RUNS);
      try (ServerProcess other = server()) {
        doomed.kill();
        openGate();
        awaitEnds();
        assertThat(other.isAlive()).isTrue();
      }
    }
    assertThat(all())
        .hasSize(RUNS)
        .allMatch(run -> run.status() == RunStatus.SUCCEEDED && run.attempt() == 2);
    for (RunRecord run : all()) {
      assertThat(runs.steps(run.key()))
          .filteredOn(s -> s.key().equals(BEFORE))
          .as("what was done is not done again")
          .singleElement()
          .satisfies(s -> assertThat(s.attempt()).isEqualTo(1));
    }
    assertThat(lines("before")).isEqualTo(RUNS);
    assertThat(lines("after")).isEqualTo(RUNS);
  }

  @Test
  void nothingThatAPausedServerWritesLands() throws Exception {
    try (ServerProcess paused = server()) {
      start(paused, 5);
      paused.signal("STOP");
      try (ServerProcess other = server()) {
        openGate();
        awaitEnds();
        Map<String, List<RunEvent>> told = told();
        assertThat(all())
            .allMatch(run -> run.status() == RunStatus.SUCCEEDED && run.attempt() == 2);

        paused.signal("CONT");
        Waiting.until("it has noticed", () -> executors().stream().anyMatch(e -> e.endsWith("~2")));
        // It works again, and whatever its old steps had to write it has tried to write by then.
        String later = paused.startRun(WORKFLOW, "later");
        awaitEnds();
        Map<String, List<RunEvent>> now = told();
        assertThat(now.remove(later)).isNotEmpty();
        assertThat(now).isEqualTo(told);
        assertThat(other.isAlive()).isTrue();
      }
    }
  }

  private Map<String, List<RunEvent>> told() {
    Map<String, List<RunEvent>> out = new HashMap<>();
    for (RunRecord run : all()) {
      out.put(run.key().runId(), runs.events(run.key(), 0, 1000));
    }
    return out;
  }

  private Set<String> executors() throws SQLException {
    DatabaseSettings at = database.settings();
    Set<String> out = new TreeSet<>();
    try (Connection connection = DriverManager.getConnection(at.url(), at.user(), at.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select executor_id from executor")) {
      while (rows.next()) {
        out.add(rows.getString(1));
      }
    }
    return out;
  }

  private long lines(String step) throws Exception {
    return Files.readAllLines(ledger).stream().filter(step::equals).count();
  }
}
