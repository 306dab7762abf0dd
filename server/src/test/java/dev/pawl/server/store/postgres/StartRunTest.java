package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.StartAnswer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StartRunTest extends RunStoreTest {

  @Test
  void aRunForAnExecutorIsRunningAtOnce() {
    RunRecord run = started("r1", "ex-1");

    assertThat(run.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(run.executorId()).isEqualTo("ex-1");
    assertThat(run.generation()).isEqualTo(1);
    assertThat(run.attempt()).isEqualTo(1);
    assertThat(run.startedAt()).isEqualTo(run.createdAt());
    assertThat(run.inputs().path("region").asText()).isEqualTo("nyc3");
    assertThat(now(run)).isEqualTo(run);
  }

  @Test
  void aRunForNobodyIsQueued() {
    RunRecord run = started("r1", null);

    assertThat(run.status()).isEqualTo(RunStatus.QUEUED);
    assertThat(run.executorId()).isNull();
    assertThat(run.startedAt()).isNull();
  }

  @Test
  void theFirstAttemptAndItsEventAreStoredWithIt() {
    RunRecord run = started("r1", "ex-1");

    List<AttemptRecord> attempts = store.attempts(run.key());
    assertThat(attempts).hasSize(1);
    assertThat(attempts.getFirst().reason()).isEqualTo(AttemptReason.START);
    assertThat(attempts.getFirst().status()).isEqualTo(RunStatus.RUNNING);
    assertThat(attempts.getFirst().definition()).isEqualTo("steps: []");
    List<RunEvent> events = store.events(run.key(), 0, 10);
    assertThat(events).extracting(RunEvent::sequence).containsExactly(1L);
    RunRecord told = requireNonNull(events.getFirst().run());
    assertThat(told.status()).isEqualTo(RunStatus.RUNNING);
    assertThat(told.createdAt()).isEqualTo(run.createdAt());
    assertThat(told.inputs()).isEqualTo(run.inputs());
  }

  @Test
  void aKnownKeyStoresNothing() {
    store.start(newRun("first", "ex-1", key("k")));
    StartAnswer answer = store.start(newRun("second", "ex-1", key("k")));

    assertThat(answer).isInstanceOf(StartAnswer.Known.class);
    KnownKey known = ((StartAnswer.Known) answer).first();
    assertThat(known.runId()).isEqualTo("first");
    assertThat(known.fingerprint()).isEqualTo("fingerprint");
    assertThat(known.isExpired()).isFalse();
    assertThat(((StartAnswer.Known) answer).settled()).isFalse();
    assertThat(store.find(new RunKey(namespace, "second"))).isEmpty();
    assertThat(store.find(new RunKey(namespace, "first")).orElseThrow().idempotencyKey())
        .isEqualTo("k");
  }

  @Test
  void aKeyIsOfItsNamespaceAndItsCall() {
    store.start(newRun("first", "ex-1", key("k")));
    RunStoreTest other = new StartRunTest();

    assertThat(store.start(other.newRun("first", "ex-1", key("k"))))
        .isInstanceOf(StartAnswer.Started.class);
  }

  @Test
  void aKeyIsExpiredAfterItsRetentionAndStillKnown() {
    store.start(newRun("first", "ex-1", key("k")));
    database.advance(Duration.ofDays(91));

    KnownKey known = ((StartAnswer.Known) store.start(newRun("second", "ex-1", key("k")))).first();
    assertThat(known.isExpired()).isTrue();
    assertThat(known.runId()).isEqualTo("first");
  }

  @Test
  void ofConcurrentDuplicatesOneStarts() throws Exception {
    List<StartAnswer> answers =
        Together.call(24, i -> store.start(newRun("run-" + i, "ex-1", key("same"))));

    List<String> startedIds =
        answers.stream()
            .filter(StartAnswer.Started.class::isInstance)
            .map(a -> ((StartAnswer.Started) a).run().key().runId())
            .toList();
    assertThat(startedIds).hasSize(1);
    assertThat(answers)
        .filteredOn(StartAnswer.Known.class::isInstance)
        .hasSize(23)
        .allMatch(a -> ((StartAnswer.Known) a).first().runId().equals(startedIds.getFirst()));
    assertThat(store.list(new RunQuery(namespace, null, 100, Set.of(), null))).hasSize(1);
  }

  /** Also those that found the key taken in their group, by one that was not stored after all. */
  @Test
  void ofConcurrentDuplicatesOfAVersionThatIsNotTheLatestNoneStarts() throws Exception {
    List<StartAnswer> answers =
        Together.call(24, i -> store.start(ifLatest(newRun("run-" + i, "ex-1", key("same")))));

    assertThat(answers).hasSize(24).allMatch(StartAnswer.Outdated.class::isInstance);
    assertThat(store.list(new RunQuery(namespace, null, 100, Set.of(), null))).isEmpty();
  }

  private static NewRun ifLatest(NewRun run) {
    return new NewRun(
        run.key(),
        run.workflowName(),
        run.workflowVersion(),
        run.definition(),
        run.definitionFile(),
        run.inputs(),
        run.recoveryStrategy(),
        run.maxRecoveries(),
        run.requester(),
        run.executorId(),
        run.idempotency(),
        null,
        0,
        true);
  }

  @Test
  void runsAreListedNewestFirstByPage() {
    IntStream.range(0, 5).forEach(i -> started("run-" + i, i % 2 == 0 ? "ex-1" : null));

    assertThat(ids(new RunQuery(namespace, null, 3, Set.of(), null)))
        .containsExactly("run-4", "run-3", "run-2");
    assertThat(ids(new RunQuery(namespace, "run-2", 3, Set.of(), null)))
        .containsExactly("run-1", "run-0");
    assertThat(ids(new RunQuery(namespace, null, 9, Set.of(RunStatus.QUEUED), null)))
        .containsExactly("run-3", "run-1");
    assertThat(ids(new RunQuery(namespace, null, 9, Set.of(), "another"))).isEmpty();
    assertThat(ids(new RunQuery("another", null, 9, Set.of(), null))).isEmpty();
  }

  private static List<String> ids(RunQuery query) {
    return store.list(query).stream().map(run -> run.key().runId()).toList();
  }
}
