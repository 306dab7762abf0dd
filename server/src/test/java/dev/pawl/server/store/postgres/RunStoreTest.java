package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What the tests of the run store share: a database, and short words for its moves. */
abstract class RunStoreTest {
  /** The steps' times in writes only say that there is one. */
  static final Instant ANY = Instant.EPOCH;

  static TestDatabase database;
  static RunStore store;

  final String namespace = "ns-" + UUID.randomUUID();

  @BeforeAll
  static void open() {
    database = TestDatabase.create();
    store = database.store().runs();
  }

  @AfterAll
  static void close() {
    database.close();
  }

  NewRun newRun(String id, @Nullable String executor, @Nullable Idempotency idempotency) {
    return new NewRun(
        new RunKey(namespace, id),
        "web-tier",
        2,
        "steps: []",
        "workflow.yaml",
        Json.object().put("region", "nyc3"),
        "idempotent",
        5,
        "someone",
        executor,
        idempotency);
  }

  RunRecord started(String id, @Nullable String executor) {
    StartAnswer answer = store.start(newRun(id, executor, null));
    assertThat(answer).isInstanceOf(StartAnswer.Started.class);
    return ((StartAnswer.Started) answer).run();
  }

  RunRecord now(RunRecord run) {
    return store.find(run.key()).orElseThrow();
  }

  static Idempotency key(String key) {
    return new Idempotency(
        "StartRun", key, "fingerprint", Json.object().put("a", 1), Idempotency.RETENTION);
  }

  static StepRecord running(String id) {
    return step(id, StepStatus.RUNNING, null, ANY, null);
  }

  static StepRecord succeeded(String id) {
    return step(id, StepStatus.SUCCEEDED, Outcome.CREATED, ANY, ANY);
  }

  static StepRecord step(
      String id,
      StepStatus status,
      @Nullable Outcome outcome,
      @Nullable Instant startedAt,
      @Nullable Instant endedAt) {
    return new StepRecord(
        StepKey.of(id),
        1,
        0,
        "",
        "digitalocean/droplet",
        "create",
        "web-1",
        status,
        outcome,
        "fingerprint",
        outcome == null ? null : Json.object().put("id", 1),
        List.of(),
        List.of(),
        null,
        1,
        "",
        startedAt,
        endedAt);
  }
}
