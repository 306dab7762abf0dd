package dev.pawl.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Timestamp;
import dev.pawl.cli.Cli.Result;
import dev.pawl.v1.ApiRequest;
import dev.pawl.v1.Checkpoint;
import dev.pawl.v1.FieldDifference;
import dev.pawl.v1.Outcome;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.StepError;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.StepStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What run, retry, show and watch print, and the exit code that goes with it. */
class RunDocumentTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file =
        Files.writeString(
            folder.resolve("w.yaml"),
            "spec: {inputs: {version: {type: string}, count: {type: integer}}}\n");
  }

  @Test
  void aRunThatSucceeded() throws Exception {
    Run run =
        run(RunStatus.RUN_STATUS_SUCCEEDED)
            .addSteps(
                step("vpc", StepStatus.STEP_STATUS_SUCCEEDED)
                    .setInstance("web-vpc")
                    .setOutcome(Outcome.OUTCOME_VERIFIED)
                    .addDiffers(FieldDifference.newBuilder().setPath("/region")))
            .addSteps(
                step("droplets", StepStatus.STEP_STATUS_SUCCEEDED)
                    .setIterationKey("web-1")
                    .setInstance("web-1")
                    .setOutcome(Outcome.OUTCOME_CREATED))
            .build();
    try (FakePawl pawl = FakePawl.replaying(run)) {
      Result result = command(pawl, "run", file.toString(), "-o", "json");
      assertThat(result.code()).isZero();
      assertThat(result.json())
          .isEqualTo(
              json(
                  """
                  {"run":"R1","status":"SUCCEEDED","reason":null,"attempt":2,"replayed":true,"steps":[
                    {"id":"vpc","instance":"web-vpc","status":"SUCCEEDED","outcome":"VERIFIED",
                     "attempt":2,"differs":["/region"],"error":null},
                    {"id":"droplets","instance":"web-1","status":"SUCCEEDED","outcome":"CREATED",
                     "attempt":2,"differs":[],"error":null}]}
                  """));
      assertThat(result.err()).contains("vpc: VERIFIED").contains("droplets[web-1]: CREATED");
    }
  }

  @Test
  void aRunThatFailedSaysWhyAndExitsWithOne() throws Exception {
    StepError error =
        StepError.newBuilder()
            .setCode("FAILED_PRECONDITION")
            .setReason("API_REFUSED")
            .setMessage("ip_range overlaps")
            .setApiRequest(
                ApiRequest.newBuilder().setMethod("POST").setPath("/v2/vpcs").setStatus(422))
            .build();
    Run run =
        run(RunStatus.RUN_STATUS_FAILED)
            .setReason("STEP_FAILED")
            .addSteps(step("vpc", StepStatus.STEP_STATUS_FAILED).setError(error))
            .addSteps(step("tag", StepStatus.STEP_STATUS_NOT_RUN))
            .build();
    try (FakePawl pawl = FakePawl.with(run)) {
      Result result = command(pawl, "show", "R1", "-o", "json");
      assertThat(result.code()).isEqualTo(1);
      assertThat(result.json().at("/reason").asText()).isEqualTo("STEP_FAILED");
      assertThat(result.json().at("/steps/0/outcome").isNull()).isTrue();
      assertThat(result.json().at("/steps/0/error"))
          .isEqualTo(
              json(
                  """
                  {"code":"FAILED_PRECONDITION","reason":"API_REFUSED","message":"ip_range overlaps",
                   "request":{"method":"POST","path":"/v2/vpcs","status":422},"violations":[]}
                  """));
      assertThat(command(pawl, "watch", "R1").out())
          .contains("API_REFUSED: ip_range overlaps (POST /v2/vpcs → 422)")
          .contains("pawl retry R1");
    }
  }

  @Test
  void checkpointsAreShownWithWhatIsKnownOfThem() throws Exception {
    Run run =
        run(RunStatus.RUN_STATUS_FAILED)
            .addSteps(
                step("send", StepStatus.STEP_STATUS_FAILED)
                    .addCheckpoints(
                        Checkpoint.newBuilder()
                            .setName("number")
                            .setResultJson("null")
                            .setStartTime(Timestamp.newBuilder().setSeconds(1))
                            .setEndTime(Timestamp.newBuilder().setSeconds(2)))
                    .addCheckpoints(
                        Checkpoint.newBuilder()
                            .setName("mail")
                            .setStartTime(Timestamp.newBuilder().setSeconds(2))))
            .build();
    try (FakePawl pawl = FakePawl.with(run)) {
      assertThat(command(pawl, "show", "R1", "-o", "json").json().at("/steps/0/checkpoints"))
          .isEqualTo(
              json(
                  """
                  [{"name":"number","known":true,"result":null},
                   {"name":"mail","known":false,"result":null}]
                  """));
      assertThat(command(pawl, "show", "R1").out())
          .contains("checkpoint number: kept")
          .contains("checkpoint mail: begun, its outcome is not known");
    }
  }

  @Test
  void doubtBeatsFailure() throws Exception {
    Run run =
        run(RunStatus.RUN_STATUS_FAILED)
            .setReason("STEP_FAILED")
            .addSteps(
                step("a", StepStatus.STEP_STATUS_FAILED)
                    .setError(StepError.newBuilder().setReason("API_REFUSED")))
            .addSteps(
                step("b", StepStatus.STEP_STATUS_FAILED)
                    .setError(StepError.newBuilder().setReason("IN_DOUBT")))
            .build();
    try (FakePawl pawl = FakePawl.with(run)) {
      assertThat(command(pawl, "watch", "R1").code()).isEqualTo(3);
      assertThat(command(pawl, "show", "R1").code()).isEqualTo(3);
      assertThat(command(pawl, "retry", "R1").code()).isEqualTo(3);
      assertThat(command(pawl, "run", file.toString()).code()).isEqualTo(3);
    }
  }

  @Test
  void inputsAreTypedAsTheWorkflowDeclaresThem() throws Exception {
    try (FakePawl pawl = FakePawl.with(run(RunStatus.RUN_STATUS_SUCCEEDED).build())) {
      command(
          pawl,
          "run",
          file.toString(),
          "--input",
          "version=1.10",
          "--input",
          "count=3",
          "--input",
          "hosts=[\"a\"]",
          "--input",
          "cidr=10.0.0.0/8",
          "--idempotency-key",
          "k",
          "--on-existing",
          "retry-if-failed",
          "--namespace",
          "team");
      StartRunRequest request = pawl.request(StartRunRequest.class);
      assertThat(json(request.getInputsJson()))
          .isEqualTo(
              json("{\"version\":\"1.10\",\"count\":3,\"hosts\":[\"a\"],\"cidr\":\"10.0.0.0/8\"}"));
      assertThat(request.getIdempotencyKey()).isEqualTo("k");
      assertThat(request.getOnExisting().name()).isEqualTo("ON_EXISTING_RETRY_IF_FAILED");
      assertThat(request.getNamespace()).isEqualTo("team");
      assertThat(request.getDefinition().getFileName()).isEqualTo(file.toString());
    }
  }

  @Test
  void aRetryMeansTheAttemptItHasSeenAndKeepsTheTypesOfItsInputs() throws Exception {
    Run failed =
        run(RunStatus.RUN_STATUS_FAILED).setInputsJson("{\"version\":\"1.9\",\"n\":1}").build();
    try (FakePawl pawl = FakePawl.with(failed)) {
      command(pawl, "retry", "R1", "--input", "version=1.10", "--input", "n=2", "--from", "vpc");
      RetryRunRequest request = pawl.request(RetryRunRequest.class);
      assertThat(request.getExpectedAttempt()).isEqualTo(2);
      assertThat(request.getOptions().getFromStep()).isEqualTo("vpc");
      assertThat(json(request.getOptions().getInputsJson()))
          .isEqualTo(json("{\"version\":\"1.10\",\"n\":2}"));
    }
  }

  private static Result command(FakePawl pawl, String... line) {
    return new Cli().with("PAWL_SERVER", pawl.address()).run(line);
  }

  private static Run.Builder run(RunStatus status) {
    return Run.newBuilder().setRunId("R1").setStatus(status).setAttempt(2);
  }

  private static StepExecution.Builder step(String id, StepStatus status) {
    return StepExecution.newBuilder().setStepId(id).setStatus(status).setAttempt(2);
  }

  private static JsonNode json(String text) throws IOException {
    return JSON.readTree(text);
  }
}
