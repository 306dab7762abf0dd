package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Cli.Result;
import dev.pawl.v1.ArchiveRunRequest;
import dev.pawl.v1.CancelRunRequest;
import dev.pawl.v1.ListRunsRequest;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.SkipStepRequest;
import dev.pawl.v1.StepOverride;
import org.junit.jupiter.api.Test;

/** cancel, archive and skip, and what the other commands show of them. */
class DecideCommandsTest {
  private static final Run CANCELLED =
      Run.newBuilder()
          .setRunId("R1")
          .setStatus(RunStatus.RUN_STATUS_CANCELLED)
          .setReason("CANCELLED")
          .setAttempt(2)
          .addOverrides(
              StepOverride.newBuilder()
                  .setStepId("vpc")
                  .setAttempt(1)
                  .setOutputJson("{\"id\":\"v-1\"}")
                  .setReason("made by hand")
                  .setRequester("ann"))
          .build();

  @Test
  void cancelSaysWhyAndIsNoFailure() throws Exception {
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      Result result = command(pawl, "cancel", "R1", "--reason", "wrong region", "-o", "json");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(pawl.request(CancelRunRequest.class).getReason()).isEqualTo("wrong region");
      assertThat(result.json().at("/status").asText()).isEqualTo("CANCELLED");
      assertThat(command(pawl, "cancel", "R1").out()).contains("run R1 is cancelled");
    }
    Run running = Run.newBuilder().setRunId("R1").setStatus(RunStatus.RUN_STATUS_RUNNING).build();
    try (FakePawl pawl = FakePawl.with(running)) {
      assertThat(command(pawl, "cancel", "R1").out()).contains("pawl watch R1");
    }
  }

  @Test
  void archivedRunsAreListedOnlyOnRequest() throws Exception {
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      assertThat(command(pawl, "archive", "R1").code()).isZero();
      assertThat(pawl.request(ArchiveRunRequest.class).getRunId()).isEqualTo("R1");
      command(pawl, "runs");
      assertThat(pawl.request(ListRunsRequest.class).getShowArchived()).isFalse();
    }
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      command(pawl, "runs", "--archived");
      assertThat(pawl.request(ListRunsRequest.class).getShowArchived()).isTrue();
    }
  }

  @Test
  void skipTakesAnOutputAndInsistsOnAReason() throws Exception {
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      Result result =
          command(
              pawl,
              "skip",
              "R1",
              "droplets",
              "--iteration",
              "web-2",
              "--output-json",
              "{\"id\":7}",
              "--reason",
              "one is enough");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out()).contains("droplets[web-2]").contains("pawl retry R1");
      SkipStepRequest request = pawl.request(SkipStepRequest.class);
      assertThat(request.getStepId()).isEqualTo("droplets");
      assertThat(request.getIterationKey()).isEqualTo("web-2");
      assertThat(request.getOutputJson()).isEqualTo("{\"id\":7}");
      assertThat(request.getReason()).isEqualTo("one is enough");
      assertThat(command(pawl, "skip", "R1", "droplets").code()).isEqualTo(2);
    }
  }

  @Test
  void whatWasSaidOfAStepIsShownWithTheRun() throws Exception {
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      JsonNode said = command(pawl, "show", "R1", "-o", "json").json().at("/overrides/0");
      assertThat(said.at("/id").asText()).isEqualTo("vpc");
      assertThat(said.at("/output/id").asText()).isEqualTo("v-1");
      assertThat(said.at("/requester").asText()).isEqualTo("ann");
      assertThat(command(pawl, "show", "R1").out())
          .contains("after attempt 1, ann said to skip vpc: made by hand");
    }
  }

  @Test
  void retryTakesEitherWayOfChoosing() throws Exception {
    try (FakePawl pawl = FakePawl.with(CANCELLED)) {
      command(pawl, "retry", "R1", "--step", "a", "--step", "b[1]", "--recreate");
      RetryRunRequest request = pawl.request(RetryRunRequest.class);
      assertThat(request.getOptions().getStepsList()).containsExactly("a", "b[1]");
      assertThat(request.getOptions().getRecreate()).isTrue();
      assertThat(command(pawl, "retry", "R1", "--step", "a", "--from", "b").code()).isEqualTo(2);
    }
  }

  private static Result command(FakePawl pawl, String... line) {
    return new Cli().with("PAWL_SERVER", pawl.address()).run(line);
  }
}
