package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that waits for a person. */
@Timeout(300)
class ApproveTest {
  private static final String FLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: release}
      spec:
        steps:
          - {id: ask, model: core/approval, method: request, with: {prompt: "release it?"}}
          - {id: nap, model: core/wait, method: sleep, with: {duration: 10ms}, dependsOn: [ask]}
          - id: inside
            model: core/workflow
            method: run
            dependsOn: [nap]
            with:
              workflow:
                apiVersion: pawl.dev/v1
                kind: Workflow
                metadata: {name: inside}
                spec:
                  inputs: {by: {type: string}}
                  steps:
                    - {id: wait, model: core/wait, method: sleep, with: {duration: 1ms}}
                  outputs: {by: "${{ inputs.by }}"}
              inputs: {by: "${{ steps.ask.output.decidedBy }}"}
      """;

  @TempDir Path home;
  private Pawl pawl;

  @BeforeEach
  void start() {
    pawl = new Pawl(home);
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
  }

  private static String[] on(PawlServerProcess server, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("--server", server.address()));
    return line.toArray(String[]::new);
  }

  @Test
  void aRunWaitsForItsAnswerAndGoesOn() throws Exception {
    Path file = Files.writeString(home.resolve("release.yaml"), FLOW);
    PawlServerProcess server = pawl.server(pawl.dataDirectory("data"), "--port", "0");
    RunningCommand watching = pawl.start(on(server, "run", file.toString(), "-o", "json"));
    String run = waiting(server);

    RunAnswer shown = pawl.runDocument(on(server, "show", run));
    assertThat(shown.step("ask").path("waitingFor").asText()).isEqualTo("approval: release it?");
    assertThat(pawl.run(on(server, "show", run)).out())
        .contains("waits for approval: release it?", "pawl approve " + run + " ask");

    assertThat(refusal(pawl.run(on(server, "approve", run, "nap", "-o", "json"))))
        .isEqualTo("NO_APPROVAL_PENDING");
    assertThat(refusal(pawl.run(on(server, "approve", run, "nope", "-o", "json"))))
        .isEqualTo("STEP_NOT_FOUND");
    pawl.run(on(server, "approve", run, "ask", "--comment", "all green", "-o", "json")).exits(0);
    pawl.run(on(server, "approve", run, "ask", "-o", "json")).exits(0);
    assertThat(refusal(pawl.run(on(server, "approve", run, "ask", "--reject", "-o", "json"))))
        .isEqualTo("NO_APPROVAL_PENDING");

    RunAnswer ended = RunAnswer.of(watching.finish()).succeeded();
    assertThat(ended.steps()).containsExactly("ask EXECUTED", "nap EXECUTED", "inside EXECUTED");
    JsonNode approval = ended.step("ask").path("approval");
    assertThat(approval.path("decision").asText()).isEqualTo("APPROVED");
    assertThat(approval.path("comment").asText()).isEqualTo("all green");
    assertThat(approval.path("decidedBy").asText()).isNotEmpty();
    String child = ended.step("inside").path("childRun").asText();
    assertThat(pawl.runDocument(on(server, "show", child)).succeeded().steps())
        .containsExactly("wait EXECUTED");
  }

  private static String refusal(Finished command) throws Exception {
    return command.exits(1).error().path("reason").asText();
  }

  /** The id of the one run there is, once it waits. */
  private String waiting(PawlServerProcess server) throws Exception {
    while (true) {
      JsonNode runs = pawl.run(on(server, "runs", "-o", "json")).exits(0).json().path("runs");
      if (runs.path(0).path("status").asText().equals("WAITING")) {
        return runs.path(0).path("run").asText();
      }
    }
  }
}
