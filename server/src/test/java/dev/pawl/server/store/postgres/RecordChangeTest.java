package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.postgres.query.ChangesStatement;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordChangeTest extends RunStoreTest {

  @Test
  void aStepKeepsItsFirstStartAndGetsItsEndFromTheDatabase() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(run.key(), 1, RunChange.of(running("vpc")));
    StepRecord first = store.steps(run.key()).getFirst();
    assertThat(first.startedAt()).isAfter(ANY);
    assertThat(first.endedAt()).isNull();

    database.advance(Duration.ofSeconds(7));
    store.record(run.key(), 1, RunChange.of(succeeded("vpc")));

    List<StepRecord> steps = store.steps(run.key());
    assertThat(steps).hasSize(1);
    assertThat(steps.getFirst().startedAt()).isEqualTo(first.startedAt());
    assertThat(Duration.between(first.startedAt(), steps.getFirst().endedAt()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(7));
    assertThat(steps.getFirst().output()).isEqualTo(Json.object().put("id", 1));
  }

  @Test
  void watchersAreToldOfEveryStepInOrder() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(run.key(), 1, new RunChange(List.of(running("a"), running("b")), null));
    store.record(run.key(), 1, RunChange.of(succeeded("b")));

    List<RunEvent> events = store.events(run.key(), 1, 10);
    assertThat(events).extracting(RunEvent::sequence).containsExactly(2L, 3L, 4L);
    assertThat(events.stream().map(e -> told(e).key() + " " + told(e).status()))
        .containsExactly("a RUNNING", "b RUNNING", "b SUCCEEDED");
    assertThat(told(events.get(2)).endedAt()).isEqualTo(store.steps(run.key()).get(1).endedAt());
    assertThat(store.events(run.key(), 1, 2)).hasSize(2);
  }

  /** As when its connection broke, and its statement waited for another run's row meanwhile. */
  @Test
  void whatComesAfterAStepsEndDoesNotUndoIt() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(run.key(), 1, RunChange.of(succeeded("a")));
    StepRecord ended = store.steps(run.key()).getFirst();
    store.record(run.key(), 1, RunChange.of(running("a")));
    assertThat(store.steps(run.key())).containsExactly(ended);
  }

  @Test
  void whatFollowsTheEndInOneGroupIsRefused() throws Exception {
    RunRecord run = started("r1", "ex-1");
    RunChange.End end = new RunChange.End(RunStatus.SUCCEEDED, null, null, null);
    DatabaseSettings settings = database.settings();
    try (Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password())) {
      assertThat(
              ChangesStatement.write(
                  connection,
                  List.of(
                      new ChangesStatement.Owned(
                          run.key(), 1, RunChange.end(List.of(succeeded("a")), end)),
                      new ChangesStatement.Owned(run.key(), 1, RunChange.of(running("b"))))))
          .extracting(Optional::isPresent)
          .containsExactly(true, false);
    }
    assertThat(store.steps(run.key())).extracting(StepRecord::key).containsExactly(StepKey.of("a"));
    assertThat(now(run).eventSequence()).isEqualTo(3);
  }

  @Test
  void theEndEndsTheAttemptTooAndTheRunIsNobodys() throws Exception {
    RunRecord run = started("r1", "ex-1");
    JsonNode outputs = Json.object().put("ip", "10.0.0.1");
    store.record(
        run.key(),
        1,
        RunChange.end(
            List.of(succeeded("a")), new RunChange.End(RunStatus.SUCCEEDED, null, null, outputs)));

    RunRecord ended = now(run);
    assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(ended.executorId()).isNull();
    assertThat(ended.endedAt()).isNotNull();
    assertThat(ended.outputs()).isEqualTo(outputs);
    AttemptRecord attempt = store.attempts(run.key()).getFirst();
    assertThat(attempt.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(attempt.endedAt()).isEqualTo(ended.endedAt());
    List<RunEvent> events = store.events(run.key(), 0, 10);
    assertThat(events).extracting(RunEvent::sequence).containsExactly(1L, 2L, 3L);
    RunRecord last = requireNonNull(events.getLast().run());
    assertThat(last.status()).isEqualTo(RunStatus.SUCCEEDED);
    assertThat(last.outputs()).isEqualTo(outputs);
  }

  @Test
  void whoHasAnOlderGenerationWritesNothing() throws Exception {
    RunRecord run = started("r1", null);
    RunRecord claimed =
        store.claimQueued("ex-2", 1000).stream()
            .filter(each -> each.key().equals(run.key()))
            .findFirst()
            .orElseThrow();

    assertThatThrownBy(() -> store.record(run.key(), 1, RunChange.of(running("a"))))
        .isInstanceOf(StaleRunException.class)
        .hasMessageContaining("r1");
    assertThat(store.steps(run.key())).isEmpty();
    assertThat(now(run).eventSequence()).isEqualTo(2);

    store.record(run.key(), claimed.generation(), RunChange.of(running("a")));
    assertThat(store.steps(run.key())).hasSize(1);
  }

  @Test
  void nobodyWritesToARunThatHasEnded() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(
        run.key(),
        1,
        RunChange.end(
            List.of(), new RunChange.End(RunStatus.FAILED, "STEP_FAILED", "a failed", null)));

    assertThatThrownBy(() -> store.record(run.key(), 1, RunChange.of(running("late"))))
        .isInstanceOf(StaleRunException.class);
    assertThat(store.steps(run.key())).isEmpty();
    assertThat(now(run).message()).isEqualTo("a failed");
  }

  @Test
  void everyFieldComesBackFromTheRowAndFromTheEvent() throws Exception {
    RunRecord run = started("r1", "ex-1");
    StepRecord written =
        new StepRecord(
            new StepKey("droplets", "web-1"),
            1,
            3,
            "Make droplets",
            "digitalocean/droplet",
            "create",
            "web-1",
            StepStatus.FAILED,
            null,
            null,
            null,
            List.of(
                new FieldDifference("/size", TextNode.valueOf("s"), NullNode.getInstance()),
                new FieldDifference(
                    "/tags", MissingNode.getInstance(), Json.mapper().createArrayNode())),
            List.of("a warning"),
            new StepError("ABORTED", "CLAIM_HELD", "held", "POST /v2/x", 409, List.of("/a: b")),
            2,
            "the quarantine",
            ANY,
            ANY);
    store.record(run.key(), 1, RunChange.of(written));

    StepRecord told = told(store.events(run.key(), 1, 10).getFirst());
    assertThat(told)
        .usingRecursiveComparison()
        .ignoringFields("startedAt", "endedAt")
        .isEqualTo(written);
    assertThat(store.steps(run.key()).getFirst())
        .usingRecursiveComparison()
        .ignoringFields("waitingFor")
        .isEqualTo(told);
  }

  @Test
  void aLargeOutputIsKeptWithTheStepAndLeftOutOfTheEvent() throws Exception {
    RunRecord run = started("r1", "ex-1");
    JsonNode large = TextNode.valueOf("x".repeat(70_000));
    store.record(run.key(), 1, RunChange.of(withOutput(large)));

    assertThat(store.steps(run.key()).getFirst().output()).isEqualTo(large);
    assertThat(told(store.events(run.key(), 1, 1).getFirst()).output()).isNull();
  }

  @Test
  void numbersAreExactAndWhatPostgresCannotHoldIsReplaced() throws Exception {
    RunRecord run = started("r1", "ex-1");
    JsonNode output =
        Json.parse(
            "{\"big\":123456789012345678901234567890,\"exact\":0.1234567890123456789,"
                + "\"nothing\":null}");
    store.record(run.key(), 1, RunChange.of(withOutput(output)));
    assertThat(store.steps(run.key()).getFirst().output()).isEqualTo(output);

    store.record(run.key(), 1, RunChange.of(withOutput(NullNode.getInstance())));
    assertThat(store.steps(run.key()).getFirst().output()).isEqualTo(NullNode.getInstance());

    store.record(run.key(), 1, RunChange.of(withOutput(TextNode.valueOf("a\0b\ud800c \\u0000"))));
    assertThat(store.steps(run.key()).getFirst().output())
        .isEqualTo(TextNode.valueOf("a\ufffdb\ufffdc \\u0000"));
  }

  @Test
  void thousandsOfStepsAreOneWrite() throws Exception {
    RunRecord run = started("r1", "ex-1");
    List<StepRecord> many = IntStream.range(0, 2500).mapToObj(i -> running("step-" + i)).toList();
    store.record(run.key(), 1, new RunChange(many, null));

    assertThat(store.steps(run.key())).hasSize(2500);
    assertThat(now(run).eventSequence()).isEqualTo(2501);
  }

  @Test
  void eventsHaveNoGapWhoeverWritesAndWheneverTheyAreRead() throws Exception {
    RunRecord run = started("r1", "ex-1");
    int writers = 8;
    int each = 15;
    List<List<Long>> seen =
        Together.call(
            writers + 1, i -> i == 0 ? watch(run, 1 + writers * each) : write(run, i, each));

    assertThat(seen.getFirst())
        .containsExactlyElementsOf(LongStream.rangeClosed(1, 1 + writers * each).boxed().toList());
  }

  private static List<Long> write(RunRecord run, int writer, int times) throws Exception {
    for (int i = 0; i < times; i++) {
      store.record(run.key(), 1, RunChange.of(running("step-" + writer + "-" + i)));
    }
    return List.of();
  }

  private static List<Long> watch(RunRecord run, long until) {
    List<Long> seen = new ArrayList<>();
    long last = 0;
    while (last < until) {
      for (RunEvent event : store.events(run.key(), last, 10)) {
        seen.add(event.sequence());
        last = event.sequence();
      }
    }
    return seen;
  }

  private static StepRecord told(RunEvent event) {
    return requireNonNull(event.step());
  }

  private static StepRecord withOutput(@Nullable JsonNode output) {
    return new StepRecord(
        StepKey.of("a"),
        1,
        0,
        "",
        "t",
        "m",
        "i",
        StepStatus.SUCCEEDED,
        Outcome.EXECUTED,
        null,
        output,
        List.of(),
        List.of(),
        null,
        1,
        "",
        ANY,
        ANY);
  }
}
