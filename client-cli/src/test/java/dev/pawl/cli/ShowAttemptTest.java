package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.Timestamp;
import dev.pawl.cli.Cli.Result;
import dev.pawl.v1.Attempt;
import dev.pawl.v1.AttemptReason;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import org.junit.jupiter.api.Test;

/** What earlier attempts have left can be seen. */
class ShowAttemptTest {
  private static StepExecution step(int attempt, StepStatus status) {
    return StepExecution.newBuilder()
        .setStepId("deploy")
        .setAttempt(attempt)
        .setStatus(status)
        .build();
  }

  private static Attempt attempt(int number, AttemptReason why, RunStatus status, StepStatus step) {
    return Attempt.newBuilder()
        .setNumber(number)
        .setReason(why)
        .setRequester("ann")
        .setStatus(status)
        .setStatusReason(status == RunStatus.RUN_STATUS_FAILED ? "STEP_FAILED" : "")
        .setStartTime(Timestamp.newBuilder().setSeconds(number * 1000L))
        .setEndTime(Timestamp.newBuilder().setSeconds(number * 1000L + 2))
        .addSteps(step(number, step))
        .build();
  }

  private static final Run RUN =
      Run.newBuilder()
          .setRunId("R1")
          .setStatus(RunStatus.RUN_STATUS_SUCCEEDED)
          .setAttempt(2)
          .setStartTime(Timestamp.newBuilder().setSeconds(1000))
          .setEndTime(Timestamp.newBuilder().setSeconds(2002))
          .addSteps(step(2, StepStatus.STEP_STATUS_SUCCEEDED))
          .addAttempts(
              attempt(
                  1,
                  AttemptReason.ATTEMPT_REASON_START,
                  RunStatus.RUN_STATUS_FAILED,
                  StepStatus.STEP_STATUS_FAILED))
          .addAttempts(
              attempt(
                  2,
                  AttemptReason.ATTEMPT_REASON_RETRY,
                  RunStatus.RUN_STATUS_SUCCEEDED,
                  StepStatus.STEP_STATUS_SUCCEEDED))
          .build();

  private static Result command(FakePawl pawl, String... line) {
    return new Cli().with("PAWL_SERVER", pawl.address()).run(line);
  }

  @Test
  void attemptsAreListedAndTheTimeIsThatOfTheLatest() throws Exception {
    try (FakePawl pawl = FakePawl.with(RUN)) {
      Result text = command(pawl, "show", "R1");
      assertThat(text.code()).as(text.err()).isZero();
      assertThat(text.out())
          .contains("attempt 1, a START by ann: FAILED (STEP_FAILED)")
          .contains("run R1 SUCCEEDED, attempt 2 in 2.0s");
      JsonNode attempts = command(pawl, "show", "R1", "-o", "json").json().path("attempts");
      assertThat(attempts.findValuesAsText("cause")).containsExactly("START", "RETRY");
      assertThat(attempts.at("/0/status").asText()).isEqualTo("FAILED");
    }
  }

  @Test
  void anEarlierAttemptIsShownAsItWas() throws Exception {
    try (FakePawl pawl = FakePawl.with(RUN)) {
      Result first = command(pawl, "show", "R1", "--attempt", "1", "-o", "json");
      assertThat(first.code()).isEqualTo(1);
      assertThat(first.json().path("status").asText()).isEqualTo("FAILED");
      assertThat(first.json().path("attempt").asInt()).isEqualTo(1);
      assertThat(first.json().at("/steps/0/status").asText()).isEqualTo("FAILED");

      Result none = command(pawl, "show", "R1", "--attempt", "3");
      assertThat(none.code()).isEqualTo(2);
      assertThat(none.err()).contains("run R1 has no attempt 3; its latest is 2");
    }
  }
}
