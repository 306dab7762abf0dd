package dev.pawl.server.store.postgres;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.run.LogLine;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunChange.Logged;
import dev.pawl.server.store.StaleRunException;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogStoreTest extends RunStoreTest {
  private static Logged line(long number, StepKey step, int attempt, String text) {
    return new Logged(
        new LogLine(step, attempt, LogLine.Level.INFO, text), number, System.nanoTime());
  }

  static Logged line(long number, String text) {
    return line(number, StepKey.of("a"), 1, text);
  }

  private static RunChange logging(Logged... lines) {
    return new RunChange(List.of(), null, null, null, List.of(lines));
  }

  private List<String> messages(
      RunRecord run, @Nullable String step, @Nullable String iteration, @Nullable Integer attempt) {
    return store.logs(new LogQuery(run.key(), 0, 100, step, iteration, attempt)).stream()
        .map(e -> e.line() == null ? "" : e.line().message())
        .toList();
  }

  @Test
  void aWriteThatIsRepeatedStoresItsLinesOnce() throws Exception {
    RunRecord run = started("r1", "ex-1");
    RunChange change =
        new RunChange(
            List.of(succeeded("a")), null, null, null, List.of(line(1, "one"), line(2, "two")));
    store.record(run.key(), 1, change);
    store.record(run.key(), 1, change);
    assertThat(messages(run, null, null, null)).containsExactly("one", "two");
    List<RunEvent> events = store.events(run.key(), 1, 10);
    assertThat(events.subList(0, 3)).extracting(RunEvent::sequence).containsExactly(2L, 3L, 4L);
    assertThat(events.subList(0, 2)).allSatisfy(e -> assertThat(e.line()).isNotNull());
    assertThat(events.get(2).step()).isNotNull();
  }

  @Test
  void whoHasLostTheRunLogsNothing() throws Exception {
    RunRecord run = started("r1", "ex-1");
    assertThatThrownBy(() -> store.record(run.key(), 2, logging(line(1, "late"))))
        .isInstanceOf(StaleRunException.class);
    assertThat(messages(run, null, null, null)).isEmpty();
    assertThat(now(run).eventSequence()).isEqualTo(1);
  }

  @Test
  void theNextOwnerCountsFromOneAgain() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(run.key(), 1, logging(line(1, "before")));
    store.putDown(run.key(), 1, new PutDown(PutDown.Wake.AT_ONCE, null));
    store.claimWoken("ex-2", 1);
    store.record(run.key(), 3, logging(line(1, "after")));
    assertThat(messages(run, null, null, null)).containsExactly("before", "after");
  }

  @Test
  void linesAreFoundByStepIterationAndAttempt() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(
        run.key(),
        1,
        logging(
            line(1, StepKey.of("a"), 1, "a1"),
            line(2, new StepKey("b", "x"), 1, "bx1"),
            line(3, new StepKey("b", "y"), 2, "by2"),
            line(4, StepKey.of("a"), 2, "a2")));
    assertThat(messages(run, "b", null, null)).containsExactly("bx1", "by2");
    assertThat(messages(run, "b", "y", null)).containsExactly("by2");
    assertThat(messages(run, null, null, 2)).containsExactly("by2", "a2");
    assertThat(store.logs(new LogQuery(run.key(), 3, 1, null, null, null)))
        .extracting(RunEvent::sequence)
        .containsExactly(4L);
  }

  @Test
  void pagesOfEventsHoldLinesInTheirPlaces() throws Exception {
    RunRecord run = started("r1", "ex-1");
    store.record(run.key(), 1, RunChange.of(running("a")));
    store.record(run.key(), 1, logging(line(1, "one"), line(2, "two")));
    store.record(run.key(), 1, RunChange.of(running("b")));
    store.record(run.key(), 1, logging(line(3, "three")));
    assertThat(store.events(run.key(), 0, 3))
        .extracting(RunEvent::sequence)
        .containsExactly(1L, 2L, 3L);
    assertThat(store.events(run.key(), 3, 2).stream().map(e -> e.line() != null))
        .containsExactly(true, false);
    assertThat(store.events(run.key(), 5, 2)).hasSize(1);
  }

  @Test
  void aLinesTimeIsWhenItWasLoggedOnTheDatabasesClock() throws Exception {
    RunRecord run = started("r1", "ex-1");
    Logged old =
        new Logged(
            new LogLine(StepKey.of("a"), 1, LogLine.Level.INFO, "old"),
            1,
            System.nanoTime() - Duration.ofHours(1).toNanos());
    store.record(run.key(), 1, logging(old));
    RunEvent told = store.events(run.key(), 1, 1).getFirst();
    assertThat(Duration.between(told.at(), run.createdAt()))
        .isBetween(Duration.ofMinutes(50), Duration.ofHours(1));
  }

  /** However many are written together: no gap, and each step after what it has logged. */
  @Test
  void manyStepsLogAtOnceAndEndAfterTheirOwnLines() throws Exception {
    List<RunRecord> runs = List.of(started("r1", "ex-1"), started("r2", "ex-1"));
    int steps = 40;
    List<RunChange.Written> written =
        Together.call(
            2 * steps,
            n -> {
              int i = n / 2;
              String id = "s" + i;
              List<Logged> lines =
                  i % 2 == 0 ? List.of() : List.of(line(i + 1, StepKey.of(id), 1, "by " + id));
              RunChange change = new RunChange(List.of(succeeded(id)), null, null, null, lines);
              return store.record(runs.get(n % 2).key(), 1, change);
            });
    assertThat(written).allMatch(one -> one.sequence() > 1);
    for (RunRecord run : runs) {
      List<RunEvent> events = store.events(run.key(), 1, 1_000);
      assertThat(events.stream().mapToLong(RunEvent::sequence))
          .containsExactlyElementsOf(
              LongStream.rangeClosed(2, 1 + steps + steps / 2).boxed().toList());
      for (int i = 0; i < events.size(); i++) {
        LogLine line = events.get(i).line();
        if (line != null) {
          assertThat(line.message()).isEqualTo("by " + line.step().stepId());
          assertThat(requireNonNull(events.get(i + 1).step()).key()).isEqualTo(line.step());
        }
      }
    }
  }
}
