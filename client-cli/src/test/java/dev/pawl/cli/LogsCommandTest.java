package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Cli.Result;
import dev.pawl.v1.ListLogLinesRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import org.junit.jupiter.api.Test;

/** What steps have logged, as people and programs get it. */
class LogsCommandTest {
  private static final Run RUN =
      Run.newBuilder().setRunId("R1").setStatus(RunStatus.RUN_STATUS_SUCCEEDED).build();

  private static Result command(FakePawl pawl, String... line) {
    return new Cli().with("PAWL_SERVER", pawl.address()).run(line);
  }

  @Test
  void everyPageIsPrintedAndNothingMovesTheCursor() throws Exception {
    try (FakePawl pawl = FakePawl.with(RUN)) {
      Result result = command(pawl, "logs", "R1");
      assertThat(result.code()).as(result.err()).isZero();
      assertThat(result.out().lines().toList())
          .satisfiesExactly(
              one -> assertThat(one).endsWith(" droplets[web-1]: one"),
              two -> assertThat(two).endsWith(" attempt 2 WARN droplets[web-1]: two ·[2J"));
      assertThat(pawl.request(ListLogLinesRequest.class).getStepId()).isEmpty();
    }
  }

  @Test
  void inJsonItIsOneDocument() throws Exception {
    try (FakePawl pawl = FakePawl.with(RUN)) {
      Result result =
          command(pawl, "logs", "R1", "--step", "droplets[web-1]", "--attempt", "2", "-o", "json");
      JsonNode document = result.json();
      assertThat(document.at("/run").asText()).isEqualTo("R1");
      assertThat(document.at("/lines").findValuesAsText("message"))
          .containsExactly("one", "two \u001b[2J");
      JsonNode second = document.at("/lines/1");
      assertThat(second.at("/sequence").asLong()).isEqualTo(9);
      assertThat(second.at("/time").asText()).isEqualTo("1970-01-01T00:00:01Z");
      assertThat(second.at("/attempt").asInt()).isEqualTo(2);
      assertThat(second.at("/id").asText()).isEqualTo("droplets");
      assertThat(second.at("/iteration").asText()).isEqualTo("web-1");
      assertThat(second.at("/level").asText()).isEqualTo("WARN");
      ListLogLinesRequest request = pawl.request(ListLogLinesRequest.class);
      assertThat(request.getStepId()).isEqualTo("droplets");
      assertThat(request.getIterationKey()).isEqualTo("web-1");
      assertThat(request.getAttempt()).isEqualTo(2);
    }
  }

  @Test
  void watchPrintsLinesAsTheyCome() throws Exception {
    try (FakePawl pawl = FakePawl.with(RUN)) {
      assertThat(command(pawl, "watch", "R1").out().lines()).contains("droplets[web-1]: watched");
      assertThat(command(pawl, "watch", "R1", "-o", "json").err().lines())
          .contains("droplets[web-1]: watched");
      assertThat(command(pawl, "logs", "R1", "--attempt", "0").code()).isEqualTo(2);
    }
  }
}
