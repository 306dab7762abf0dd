package dev.pawl.server.api.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Outcome;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LatestStepsTest {
  @Test
  void iterationsOfALaterAttemptReplaceAStepThatDidNotRun() {
    assertThat(
            latest(
                step("droplets", "", 1, StepStatus.NOT_RUN),
                step("droplets", "web-1", 2, StepStatus.SUCCEEDED),
                step("droplets", "web-2", 2, StepStatus.SUCCEEDED)))
        .containsExactly("droplets[web-1]@2", "droplets[web-2]@2");
  }

  @Test
  void aStepThatDidNotRunReplacesItsEarlierIterations() {
    assertThat(
            latest(
                step("droplets", "web-1", 1, StepStatus.FAILED),
                step("droplets", "", 2, StepStatus.NOT_RUN)))
        .containsExactly("droplets@2");
  }

  @Test
  void iterationsThatALaterAttemptReusedStay() {
    assertThat(
            latest(
                step("droplets", "web-1", 1, StepStatus.SUCCEEDED),
                step("droplets", "web-2", 1, StepStatus.FAILED),
                step("droplets", "web-2", 2, StepStatus.SUCCEEDED)))
        .containsExactly("droplets[web-1]@1", "droplets[web-2]@2");
  }

  private static List<String> latest(StepRecord... steps) {
    return RunMapper.latest(List.of(steps)).stream().map(s -> s.key() + "@" + s.attempt()).toList();
  }

  private static StepRecord step(String id, String iteration, int attempt, StepStatus status) {
    @Nullable Outcome outcome = status == StepStatus.SUCCEEDED ? Outcome.CREATED : null;
    int ordinal = iteration.isEmpty() ? 0 : Integer.parseInt(iteration.substring(4));
    return new StepRecord(
        new StepKey(id, iteration),
        attempt,
        ordinal,
        id,
        "test/thing",
        "create",
        iteration,
        status,
        outcome,
        null,
        null,
        List.of(),
        List.of(),
        null,
        1,
        "",
        null,
        null);
  }
}
