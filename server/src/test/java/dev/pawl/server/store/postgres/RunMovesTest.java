package dev.pawl.server.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jooq.exception.DataAccessException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every move of a run from every status, as {@code docs/life-cycles.md} says. */
class RunMovesTest extends RunStoreTest {
  private static final Path PAGE = Path.of("../docs/life-cycles.md");
  private static final String REFUSED = "refused";
  private static final List<String> MOVES =
      List.of(
          "claim",
          "put down",
          "end SUCCEEDED",
          "end FAILED",
          "end CANCELLED",
          "end TIMED_OUT",
          "cancel",
          "lose",
          "recover",
          "retry",
          "retry later",
          "archive");

  private final String executor = "ex-" + UUID.randomUUID();

  /** The page's table, cell by cell. */
  static List<Arguments> moves() throws IOException {
    List<String> lines = Files.readAllLines(PAGE);
    String header = "| from | " + String.join(" | ", MOVES) + " |";
    assertThat(lines).contains(header);
    List<String> rows = lines.subList(lines.indexOf(header) + 2, lines.size());
    List<Arguments> all = new ArrayList<>();
    for (RunStatus from : RunStatus.values()) {
      String line =
          rows.stream().filter(l -> l.startsWith("| `" + from + "` |")).findFirst().orElseThrow();
      String[] cells = line.split("\\|");
      assertThat(cells).as(line).hasSize(MOVES.size() + 2);
      for (int i = 0; i < MOVES.size(); i++) {
        all.add(Arguments.of(from, MOVES.get(i), cells[i + 2].strip()));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "{0}: {1} gives {2}")
  @MethodSource("moves")
  void everyMoveFromEveryStatusIsAsTheTableSays(RunStatus from, String move, String expected)
      throws StaleRunException {
    RunRecord read = bringTo(from);
    String end;
    try {
      make(move, read);
      end = now(read).equals(read) ? REFUSED : now(read).status().name();
    } catch (StaleRunException | IllegalArgumentException e) {
      end = REFUSED;
    }
    assertThat(end).isEqualTo(expected);
    if (end.equals(REFUSED)) {
      assertThat(now(read)).as("a refusal changes nothing").isEqualTo(read);
    }
    AttemptRecord latest = store.attempts(read.key()).getLast();
    assertThat(latest.status()).as("of the latest attempt").isEqualTo(now(read).status());
    assertThat(latest.endedAt() == null).isEqualTo(!now(read).status().hasEnded());
  }

  /** Undone as a whole: the run does not end without the attempt that ends with it. */
  @Test
  void anEndThatMissesTheRowOfItsAttemptEndsNothing() throws Exception {
    RunRecord again = secondAttempt();
    RunChange.End end = new RunChange.End(RunStatus.FAILED, "STEP_FAILED", "it broke", null);
    assertThatThrownBy(
            () ->
                store.record(
                    again.key(), again.generation(), RunChange.end(List.of(succeeded("a")), end)))
        .isInstanceOf(DataAccessException.class);
    List<RunChange.Logged> lines = List.of(LogStoreTest.line(1, "said"));
    assertThatThrownBy(
            () ->
                store.record(
                    again.key(),
                    again.generation(),
                    new RunChange(List.of(), end, null, null, lines)))
        .isInstanceOf(DataAccessException.class);
    // Not with those of others: the message is the asker's.
    RunChange.End cancelled = new RunChange.End(RunStatus.CANCELLED, "CANCELLED", null, null);
    assertThatThrownBy(
            () ->
                store.record(
                    again.key(),
                    again.generation(),
                    new RunChange(List.of(), cancelled, null, null, lines)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                store.putDown(
                    again.key(), again.generation(), new PutDown(PutDown.Wake.AT_ONCE, null)))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                store.begin(
                    new NewAttempt(
                        again, AttemptReason.RECOVERY, "x", null, null, null, executor, null)))
        .isInstanceOf(IllegalStateException.class);
    assertThat(now(again)).isEqualTo(again);
    assertThat(store.steps(again.key())).isEmpty();
    assertThat(store.logs(new LogQuery(again.key(), 0, 9, null, null, null))).isEmpty();
  }

  private RunRecord secondAttempt() throws StaleRunException {
    RunRecord read = bringTo(RunStatus.FAILED);
    store.begin(new NewAttempt(read, AttemptReason.RETRY, "me", null, null, null, executor, null));
    RunRecord again = now(read);
    assertThat(again.attempt()).isEqualTo(2);
    database.execute(
        "delete from attempt where attempt = 2 and run_id = '" + again.key().runId() + "'");
    return again;
  }

  @Test
  void aFirstAttemptThatHasARowAlreadyIsNoLongerAsRead() throws Exception {
    RunRecord read = bringTo(RunStatus.FAILED);
    database.execute(
        "insert into attempt (namespace, run_id, attempt, reason, requester, request_id, status,"
            + " started_at) select namespace, run_id, 1, 'START', 'me', '', status, created_at"
            + " from run where run_id = '"
            + read.key().runId()
            + "'");
    NewAttempt next =
        new NewAttempt(read, AttemptReason.RETRY, "me", null, null, null, executor, null);
    assertThat(store.begin(next)).isEmpty();
    assertThat(now(read)).isEqualTo(read);
  }

  @Test
  void theTableHoldsTheMovesThatThereAreAndNoOthers() throws IOException {
    Map<RunStatus, Set<RunStatus>> moves = new EnumMap<>(RunStatus.class);
    for (Arguments cell : moves()) {
      RunStatus from = (RunStatus) cell.get()[0];
      Set<RunStatus> to = moves.computeIfAbsent(from, f -> EnumSet.noneOf(RunStatus.class));
      Stream.of(cell.get()[2].toString())
          .filter(end -> !end.equals(REFUSED) && !end.equals(from.name()))
          .map(RunStatus::valueOf)
          .forEach(to::add);
    }
    for (RunStatus from : RunStatus.values()) {
      assertThat(moves.get(from)).as("from " + from).isEqualTo(from.next());
    }
  }

  private RunRecord bringTo(RunStatus status) throws StaleRunException {
    boolean queued = status == RunStatus.QUEUED;
    RunRecord run = started("r-" + UUID.randomUUID(), queued ? null : executor);
    switch (status) {
      case QUEUED, RUNNING -> {}
      case WAITING -> store.putDown(run.key(), 1, new PutDown(PutDown.Wake.AT_ONCE, null));
      case SUCCEEDED, FAILED, CANCELLED, TIMED_OUT -> end(run, status);
    }
    assertThat(now(run).status()).isEqualTo(status);
    return now(run);
  }

  private static void end(RunRecord run, RunStatus as) throws StaleRunException {
    store.record(
        run.key(),
        run.generation(),
        RunChange.end(List.of(), new RunChange.End(as, null, null, null)));
  }

  private void make(String move, RunRecord read) throws StaleRunException {
    switch (move) {
      case "claim" -> {
        store.claimQueued(executor, 1000);
        store.claimWoken(executor, 1000);
      }
      case "put down" ->
          store.putDown(
              read.key(),
              read.generation(),
              new PutDown(PutDown.Wake.WITH_NEWS, Duration.ofHours(1)));
      case "cancel" -> store.requestCancel(read.key(), "not needed");
      case "lose" -> store.failAbandoned(read, "EXECUTOR_LOST", "gone");
      case "recover" -> store.begin(attempt(read, AttemptReason.RECOVERY, executor));
      case "retry" -> store.begin(attempt(read, AttemptReason.RETRY, executor));
      case "retry later" -> store.begin(attempt(read, AttemptReason.RETRY, null));
      case "archive" -> store.archive(read, "me");
      default -> end(read, RunStatus.valueOf(move.substring("end ".length())));
    }
  }

  private static NewAttempt attempt(RunRecord read, AttemptReason why, @Nullable String executor) {
    return new NewAttempt(read, why, "me", null, null, null, executor, null);
  }
}
