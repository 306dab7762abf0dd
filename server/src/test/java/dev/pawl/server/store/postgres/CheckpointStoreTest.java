package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.CheckpointRecord.State;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.CheckpointStore;
import dev.pawl.server.store.CheckpointStore.Question;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CheckpointStoreTest extends RunStoreTest {
  private static final StepKey STEP = StepKey.of("vpc");
  private final CheckpointStore checkpoints = database.store().checkpoints();

  private static CheckpointRecord entry(
      StepKey step, int attempt, State state, @Nullable JsonNode result) {
    return new CheckpointRecord(step, attempt, "a", state, "hash", result, ANY, null);
  }

  private static CheckpointRecord entry(int attempt, State state) {
    return entry(STEP, attempt, state, state == State.DONE ? NullNode.getInstance() : null);
  }

  private Optional<String> latest(RunRecord run, int attempt, int since) {
    return checkpoints
        .latest(new Question(run.key(), STEP, "a", attempt, since))
        .map(e -> e.attempt() + " " + e.state());
  }

  @Test
  void anEntryIsReplacedInItsAttemptAndKeepsItsStart() throws Exception {
    RunRecord run = started("r1", "ex-1");
    checkpoints.write(run.key(), 1, entry(1, State.STARTED));
    CheckpointRecord started = checkpoints.all(run.key()).getFirst();
    assertThat(started.endedAt()).isNull();
    assertThat(started.result()).isNull();

    database.advance(Duration.ofSeconds(7));
    checkpoints.write(run.key(), 1, entry(1, State.DONE));

    assertThat(checkpoints.all(run.key()))
        .singleElement()
        .satisfies(
            done -> {
              assertThat(done.result()).isEqualTo(NullNode.getInstance());
              assertThat(done.startedAt()).isEqualTo(started.startedAt());
              assertThat(done.endedAt()).isAfter(started.startedAt().plusSeconds(6));
            });
  }

  @Test
  void whatBeginsAgainHasNoEnd() throws Exception {
    RunRecord run = started("r1", "ex-1");
    checkpoints.write(run.key(), 1, entry(1, State.DONE));
    checkpoints.write(run.key(), 1, entry(1, State.STARTED));
    assertThat(checkpoints.all(run.key()))
        .singleElement()
        .satisfies(e -> assertThat(e.endedAt()).isNull())
        .satisfies(e -> assertThat(e.result()).isNull());
  }

  @ParameterizedTest
  @EnumSource
  void movesOnlyAsItsLifeCycleSays(State from) throws Exception {
    for (State to : State.values()) {
      RunRecord run = started("from-" + from + "-to-" + to, "ex-1");
      checkpoints.write(run.key(), 1, entry(1, State.STARTED));
      checkpoints.write(run.key(), 1, entry(1, from));
      if (from == to || from.next().contains(to)) {
        checkpoints.write(run.key(), 1, entry(1, to));
        assertThat(checkpoints.all(run.key()))
            .extracting(CheckpointRecord::state)
            .containsExactly(to);
      } else {
        assertThatThrownBy(() -> checkpoints.write(run.key(), 1, entry(1, to)))
            .isInstanceOf(IllegalStateException.class)
            .hasMessageContaining("can't become " + to);
        assertThat(checkpoints.all(run.key()))
            .extracting(CheckpointRecord::state)
            .containsExactly(from);
      }
    }
  }

  @Test
  void theNewestAttemptCounts() throws Exception {
    RunRecord run = started("r1", "ex-1");
    assertThat(latest(run, 1, 1)).isEmpty();
    checkpoints.write(run.key(), 1, entry(1, State.STARTED));
    checkpoints.write(run.key(), 1, entry(2, State.NOT_MADE));
    assertThat(latest(run, 3, 1)).contains("2 NOT_MADE");
    assertThat(latest(run, 3, 3)).isEmpty();
  }

  @Test
  void stepsAndItemsAndRunsHaveTheirOwn() throws Exception {
    RunRecord run = started("r1", "ex-1");
    RunRecord other = started("r2", "ex-1");
    checkpoints.write(run.key(), 1, entry(new StepKey("vpc", "x"), 1, State.STARTED, null));
    checkpoints.write(run.key(), 1, entry(StepKey.of("other"), 1, State.STARTED, null));
    checkpoints.write(other.key(), 1, entry(1, State.STARTED));
    assertThat(latest(run, 1, 1)).isEmpty();
    assertThat(latest(other, 1, 1)).contains("1 STARTED");
  }

  @Test
  void whatAnEarlierSuccessWasMadeOfCountsNoMore() throws Exception {
    RunRecord run = started("r1", "ex-1");
    checkpoints.write(run.key(), 1, entry(1, State.DONE));
    store.record(run.key(), 1, RunChange.of(succeeded("vpc")));
    assertThat(latest(run, 1, 1)).contains("1 DONE");
    assertThat(latest(run, 2, 1)).isEmpty();
  }

  @Test
  void anotherGenerationIsRefused() throws Exception {
    RunRecord run = started("r1", "ex-1");
    for (long generation : List.of(0L, 2L)) {
      assertThatThrownBy(() -> checkpoints.write(run.key(), generation, entry(1, State.STARTED)))
          .isInstanceOf(StaleRunException.class);
    }
    assertThat(checkpoints.all(run.key())).isEmpty();
  }

  @Test
  void anEndedRunIsRefused() throws Exception {
    RunRecord run = started("r1", "ex-1");
    checkpoints.write(run.key(), 1, entry(1, State.STARTED));
    store.record(
        run.key(),
        1,
        RunChange.end(List.of(), new RunChange.End(RunStatus.FAILED, "STEP_FAILED", "no", null)));
    assertThatThrownBy(() -> checkpoints.write(run.key(), 1, entry(1, State.DONE)))
        .isInstanceOf(StaleRunException.class);
    assertThat(checkpoints.all(run.key()))
        .extracting(CheckpointRecord::state)
        .containsExactly(State.STARTED);
  }

  @Test
  void textThatJsonbDoesNotTakeIsKeptAllTheSame() throws Exception {
    RunRecord run = started("r1", "ex-1");
    checkpoints.write(run.key(), 1, entry(STEP, 1, State.DONE, TextNode.valueOf("a\0b")));
    assertThat(checkpoints.all(run.key()).getFirst().result())
        .isEqualTo(TextNode.valueOf("a\ufffdb"));
  }
}
