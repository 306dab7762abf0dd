package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.Selection;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.RunStore;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * All that is stored of a run's attempts.
 *
 * @param attempts oldest first
 * @param steps all that were ever written, by attempt
 * @param overrides what people have said of steps
 */
record RunHistory(
    List<AttemptRecord> attempts, List<StepRecord> steps, List<StepOverride> overrides) {
  RunHistory {
    requireNonNull(attempts, "attempts");
    requireNonNull(steps, "steps");
    requireNonNull(overrides, "overrides");
  }

  static RunHistory of(RunStore store, RunKey run) {
    return new RunHistory(store.attempts(run), store.steps(run), store.overrides(run));
  }

  AttemptRecord current() {
    return attempts.get(attempts.size() - 1);
  }

  /** The last attempt that somebody asked for; a recovery goes on with its work. */
  AttemptRecord asked() {
    return attempts.stream()
        .filter(a -> a.reason() != AttemptReason.RECOVERY)
        .reduce((earlier, later) -> later)
        .orElseThrow(() -> new IllegalStateException("a run's first attempt is no recovery"));
  }

  /** What an attempt ran with; empty before the first. */
  ObjectNode inputs(int attempt) {
    return attempts.stream()
        .filter(a -> a.number() <= attempt)
        .map(AttemptRecord::inputs)
        .filter(Objects::nonNull)
        .reduce((earlier, later) -> later)
        .orElseGet(Json::object);
  }

  RunHistory withoutSteps() {
    return new RunHistory(attempts, List.of(), overrides);
  }

  /**
   * What was said before an attempt and was not taken back since.
   *
   * @param selection what the attempt was asked for
   */
  Map<StepKey, StepOverride> overrides(int attempt, Selection selection) {
    return overrides.stream()
        .filter(said -> said.attempt() < attempt && !said.isTakenBackBy(selection))
        .filter(
            said ->
                attempts.stream()
                    .filter(a -> a.number() > said.attempt() && a.number() < attempt)
                    .noneMatch(a -> said.isTakenBackBy(a.selection())))
        .collect(Collectors.toMap(StepOverride::key, said -> said));
  }
}
