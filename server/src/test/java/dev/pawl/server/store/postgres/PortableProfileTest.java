package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.postgres.EmbeddedPostgres;
import dev.pawl.postgres.PostgresOptions;
import dev.pawl.schema.Migrations;
import dev.pawl.schema.SqlProfile;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunChange;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the portable profile sends to the database, as the database itself has logged it. The whole
 * suite runs in it by {@code bench/portable}.
 */
class PortableProfileTest {
  /** Of statements; comments may speak of what is not there. */
  private static final Pattern FORBIDDEN =
      Pattern.compile(
          "skip\\s+locked|pg_(try_)?advisory\\w*|partition\\s+(by|of)|(at|de)tach\\s+partition",
          Pattern.CASE_INSENSITIVE);

  private static final Instant ANY = Instant.EPOCH;
  private static final Duration NONE = Duration.ofMillis(1);

  private final RunIds ids = new RunIds(InstantSource.system(), new Random(1));

  @TempDir Path temp;

  @Test
  void noStatementHasWhatItDoesWithout() throws Exception {
    Path data = temp.resolve("data");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(data))) {
      sends(postgres, SqlProfile.PORTABLE, "portable");
    }
    String log = log(data);
    assertThat(log).contains("insert into idempotency_key").contains("delete from \"run_event\"");
    assertThat(FORBIDDEN.matcher(log).results().map(found -> found.group()).toList()).isEmpty();
  }

  /** Without this, the test above could not fail. */
  @Test
  void theOtherProfileIsFoundToHaveAllOfIt() throws Exception {
    Path data = temp.resolve("data");
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start(PostgresOptions.in(data))) {
      sends(postgres, SqlProfile.POSTGRESQL, "whole");
    }
    List<String> found =
        FORBIDDEN.matcher(log(data)).results().map(hit -> hit.group().toLowerCase()).toList();
    assertThat(found).contains("skip locked", "partition of", "attach partition");
    assertThat(found).anyMatch(word -> word.contains("advisory"));
  }

  private void sends(EmbeddedPostgres postgres, SqlProfile profile, String name) throws Exception {
    DatabaseSettings all =
        DatabaseSettings.of(postgres.jdbcUrl(), postgres.user(), postgres.password())
            .withProfile(profile);
    try (Database admin = Database.open(all.withPoolSize(1))) {
      admin.write(sql -> sql.execute("alter system set log_statement = 'all'"));
      admin.write(sql -> sql.execute("select pg_reload_conf()"));
    }
    try (Database database = Database.open(all)) {
      Migrations.apply(database.dataSource(), profile);
      Migrations.apply(database.dataSource(), profile);
      PostgresStore store = new PostgresStore(database, TestDatabase.sealer());
      store.executors().register("ex-0", "a:1");
      store.executors().heartbeat("ex-0");
      claimsRunsOnce(store, name);
      shrinksKeysOnce(store);
      store.history().prepare(Duration.ofDays(30));
      endsAndRemoves(store, name);
    }
  }

  private NewRun queued(String namespace, String key) {
    return new NewRun(
        new RunKey(namespace, ids.next()),
        "w",
        0,
        "steps: []",
        "w.yaml",
        Json.object(),
        "none",
        5,
        "me",
        null,
        new Idempotency("StartRun", key, "f", Json.object(), NONE));
  }

  private void claimsRunsOnce(PostgresStore store, String namespace) throws Exception {
    int runs = 40;
    for (int i = 0; i < runs; i++) {
      store.runs().start(queued(namespace, "k" + i));
    }
    List<List<RunRecord>> claimed =
        Together.call(
            4,
            executor -> {
              List<RunRecord> mine = new ArrayList<>();
              List<RunRecord> next;
              do {
                next = store.runs().claimQueued("ex-" + executor, 7);
                mine.addAll(next);
              } while (store.runs().isAnythingToCome());
              return mine;
            });
    List<RunKey> keys = claimed.stream().flatMap(List::stream).map(RunRecord::key).toList();
    assertThat(keys).hasSize(runs).doesNotHaveDuplicates();
    assertThat(store.runs().claimWoken("ex-0", 5)).isEmpty();
  }

  private static void shrinksKeysOnce(PostgresStore store) throws Exception {
    List<Integer> shrunk = Together.call(3, i -> store.keys().shrink(100));
    assertThat(shrunk.stream().mapToInt(Integer::intValue).sum() + store.keys().shrink(100))
        .isEqualTo(40);
  }

  private static void endsAndRemoves(PostgresStore store, String namespace) throws Exception {
    for (String executor : List.of("ex-0", "ex-1", "ex-2", "ex-3")) {
      for (RunKey run : store.runs().ownedBy(executor)) {
        store
            .runs()
            .record(
                run,
                2,
                new RunChange(
                    List.of(step()),
                    new RunChange.End(RunStatus.SUCCEEDED, null, null, Json.object()),
                    null,
                    null,
                    List.of()));
      }
    }
    assertThat(store.history().remove(Duration.ofNanos(1_000), 100)).isEqualTo(40);
    store.history().drop(Duration.ofNanos(1_000));
  }

  private static StepRecord step() {
    return new StepRecord(
        StepKey.of("s"),
        1,
        0,
        "",
        "core/assert",
        "check",
        "",
        StepStatus.SUCCEEDED,
        Outcome.EXECUTED,
        "f",
        Json.object(),
        List.of(),
        List.of(),
        null,
        1,
        "",
        ANY,
        ANY);
  }

  /** All that PostgreSQL has logged, wherever in its directory. */
  private static String log(Path data) throws Exception {
    try (Stream<Path> files = Files.walk(data)) {
      StringBuilder all = new StringBuilder();
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        all.append(Files.readString(file));
      }
      assertThat(all).contains("execute");
      return all.toString();
    }
  }
}
