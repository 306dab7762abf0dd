package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimMode;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.Completion;
import dev.pawl.model.data.Intent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.store.RunChange;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Statements that are planned once, on tables that are still empty, keep that plan when the tables
 * are large.
 */
class StatementPlansTest extends RunStoreTest {
  private static final Pattern INDEX = Pattern.compile("Index Scan using (\\w+) on (\\w+)");

  @Test
  void groupsFindRowsByTheirWholeKeys() throws Exception {
    List<String> statements = groupStatements();
    assertThat(statements).hasSize(9);
    for (String statement : statements) {
      List<String> plan = plan(statement);
      assertThat(plan).as(statement).noneMatch(line -> line.contains("Seq Scan"));
      int found = 0;
      for (int i = 0; i < plan.size(); i++) {
        Matcher index = INDEX.matcher(plan.get(i));
        if (index.find()) {
          found++;
          assertThat(index.group(1)).as(statement).isEqualTo(index.group(2) + "_pkey");
          assertThat(plan.get(i + 1).split("=", -1))
              .as("conditions on the key of %s: %s", index.group(2), plan.get(i + 1))
              .hasSize(columnsOf(index.group(1)) + 1);
        }
      }
      assertThat(found).as(statement).isPositive();
    }
  }

  private List<String> groupStatements() throws Exception {
    SeenStatements seen = new SeenStatements();
    try (Database seeing = seen.open(database)) {
      PostgresStore all = new PostgresStore(seeing, TestDatabase.sealer());
      RunKey run = new RunKey(namespace, "r1");
      all.runs().start(newRun("r1", "ex-1", key("k")));
      all.runs().start(newRun("r2", "ex-1", key("k")));
      RunChange.End end = new RunChange.End(RunStatus.SUCCEEDED, null, null, null);
      all.runs().record(run, 1, RunChange.of(running("s")));
      List<RunChange.Logged> lines = List.of(LogStoreTest.line(1, "said"));
      all.runs().record(run, 1, new RunChange(List.of(succeeded("s")), end, null, null, lines));
      create(all.data(), new ResourceKey(namespace, "a/b", "c", ResourceKey.STATE));
    }
    return seen.texts(sql -> sql.contains("json_to_recordset"));
  }

  private void create(DataStore data, ResourceKey key) throws Exception {
    Duration second = Duration.ofSeconds(1);
    ClaimRequest request =
        new ClaimRequest(
            data.read(key), ClaimMode.CREATE, "h", second, second, Duration.ZERO, null, null);
    Claim claim = ((ClaimAnswer.Granted) data.claim(request)).claim();
    data.amend(
        claim,
        new Intent(
            "POST",
            "https://api.example.test/things",
            Map.of(),
            null,
            Json.object(),
            Json.object(),
            null,
            null,
            "acc",
            null,
            null));
    Completion made =
        new Completion(Json.object(), "1", null, Json.object(), null, null, Outcome.CREATED);
    data.confirm(data.complete(claim, made), Json.object().put("size", 3));
  }

  /** As the groups' connections are set up. */
  private static List<String> plan(String statement) throws SQLException {
    int parameters = statement.length() - statement.replace("?", "").length();
    String nulls = String.join(", ", Collections.nCopies(parameters, "null"));
    String types = String.join(", ", Collections.nCopies(parameters, "json"));
    String numbered = statement;
    for (int i = 1; i <= parameters; i++) {
      numbered = numbered.replaceFirst("\\?", "\\$" + i);
    }
    List<String> lines = new ArrayList<>();
    try (Connection connection = connect();
        Statement sql = connection.createStatement()) {
      sql.execute(
          "set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off;"
              + " set plan_cache_mode = force_generic_plan");
      sql.execute("prepare p(" + types + ") as " + numbered);
      try (ResultSet rows = sql.executeQuery("explain execute p(" + nulls + ")")) {
        while (rows.next()) {
          lines.add(rows.getString(1));
        }
      }
    }
    return lines;
  }

  private static int columnsOf(String index) throws SQLException {
    try (Connection connection = connect();
        Statement sql = connection.createStatement();
        ResultSet row =
            sql.executeQuery(
                "select indnkeyatts from pg_catalog.pg_index where indexrelid = '"
                    + index
                    + "'::regclass")) {
      row.next();
      return row.getInt(1);
    }
  }

  private static Connection connect() throws SQLException {
    DatabaseSettings settings = database.settings();
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }
}
