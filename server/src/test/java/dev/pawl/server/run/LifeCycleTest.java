package dev.pawl.server.run;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The life cycles, move by move. What is not listed here is not allowed. */
class LifeCycleTest {

  @Test
  void ofARun() {
    Set<String> moves = new TreeSet<>();
    for (RunStatus from : RunStatus.values()) {
      from.next().forEach(to -> moves.add(from + " " + to));
    }
    assertThat(moves)
        .containsExactlyInAnyOrder(
            "QUEUED RUNNING",
            "QUEUED CANCELLED",
            "RUNNING WAITING",
            "RUNNING SUCCEEDED",
            "RUNNING FAILED",
            "RUNNING CANCELLED",
            "RUNNING TIMED_OUT",
            "WAITING RUNNING",
            "FAILED QUEUED",
            "FAILED RUNNING",
            "CANCELLED QUEUED",
            "CANCELLED RUNNING",
            "TIMED_OUT QUEUED",
            "TIMED_OUT RUNNING");
  }

  @Test
  void ofAStep() {
    Set<String> moves = new TreeSet<>();
    for (StepStatus from : StepStatus.values()) {
      from.next().forEach(to -> moves.add(from + " " + to));
    }
    assertThat(moves)
        .containsExactlyInAnyOrder(
            "PENDING RUNNING",
            "PENDING WAITING",
            "PENDING SUCCEEDED",
            "PENDING FAILED",
            "PENDING CANCELLED",
            "PENDING NOT_RUN",
            "RUNNING RUNNING",
            "RUNNING WAITING",
            "RUNNING SUCCEEDED",
            "RUNNING FAILED",
            "RUNNING CANCELLED",
            "WAITING RUNNING",
            "WAITING SUCCEEDED",
            "WAITING FAILED",
            "WAITING CANCELLED");
  }

  @Test
  void thePageShowsThem() throws IOException {
    List<String> page = Files.readAllLines(Path.of("../docs/life-cycles.md"));
    assertThat(page)
        .as("life cycles as they are; mend the page")
        .containsSubsequence(lines(RunStatus.values(), RunStatus::next))
        .containsSubsequence(lines(StepStatus.values(), StepStatus::next))
        .containsSubsequence(lines(CheckpointRecord.State.values(), CheckpointRecord.State::next));
  }

  private static <S extends Enum<S>> List<String> lines(S[] all, Function<S, Set<S>> next) {
    return Arrays.stream(all)
        .map(
            from ->
                "| `"
                    + from
                    + "` | "
                    + next.apply(from).stream().map(Enum::name).collect(joining(", "))
                    + " |")
        .toList();
  }

  @Test
  void whatHasEndedIsWhatNoOwnerMoves() {
    assertThat(Arrays.stream(RunStatus.values()).filter(RunStatus::hasEnded))
        .containsExactly(
            RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.TIMED_OUT);
    assertThat(Arrays.stream(RunStatus.values()).filter(RunStatus::isRetryable))
        .containsExactly(RunStatus.FAILED, RunStatus.CANCELLED, RunStatus.TIMED_OUT);
    assertThat(Arrays.stream(StepStatus.values()).filter(StepStatus::hasEnded))
        .containsExactly(
            StepStatus.SUCCEEDED, StepStatus.FAILED, StepStatus.CANCELLED, StepStatus.NOT_RUN);
  }
}
