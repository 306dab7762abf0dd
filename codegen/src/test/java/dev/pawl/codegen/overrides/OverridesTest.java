package dev.pawl.codegen.overrides;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.codegen.CodegenResult;
import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Reconcile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverridesTest {
  @TempDir Path folder;

  @Test
  void everyInferenceCanBeMended() throws IOException {
    CodegenResult result =
        run(
            "keys-outside-the-answer",
            """
            resources:
              label: {exclude: true}
              run:
                name: evaluation_run
                idPointer: /run/id
                reconcile: {strategy: NATURAL_KEY, fields: [/metric, /target]}
                readiness: {pointer: /status, waiting: [queued]}
                softDelete: {pointer: /gone, values: ["true"]}
                secrets: [/target]
                list: GET /labels
            """);

    assertThat(result.generated())
        .containsExactly(
            "keys-outside-the-answer/evaluation_run", "keys-outside-the-answer/instance");
    Resource run = result.api().resources().get(0);
    assertThat(run.identity().value().parts())
        .containsExactly(IdentityPart.response("run_id", "/run/id"));
    assertThat(run.reconcile().value()).isInstanceOf(Reconcile.NaturalKey.class);
    assertThat(run.readiness().orElseThrow().value().pointer()).isEqualTo("/status");
    assertThat(run.softDelete().orElseThrow().value().pointer()).isEqualTo("/gone");
    assertThat(run.secrets()).containsExactly("/target");
    assertThat(result.api().skipped())
        .extracting(s -> s.reason())
        .contains("excluded by the overrides");
  }

  @Test
  void anOperationThatNobodyCouldGuessCanBeSaid() throws IOException {
    CodegenResult result =
        run(
            "operation-answers",
            """
            resources:
              disk:
                operation:
                  get: GET /jobs/{job_id}
                  id: /id
                  status: /status
                  done: [done]
                  key: /name
            """);
    Resource disk = result.api().resources().get(0);
    assertThat(disk.operation().orElseThrow().value().identity())
        .containsExactly(new IdentityPart("job_id", IdentityPart.Source.OPERATION, "/id"));
    assertThat(disk.identity().value().parts())
        .containsExactly(new IdentityPart("id", IdentityPart.Source.OPERATION, "/name"));
    assertThat(result.generated()).contains("operation-answers/disk");
    assertThat(
            run("operations-to-ask", "resources:\n  bed:\n    operation: {get: none}\n")
                .api()
                .resources())
        .filteredOn(r -> r.kind().equals("bed"))
        .singleElement()
        .matches(r -> r.operation().isEmpty());
  }

  @Test
  void anOperationNeedsToBeReadAndToEnd() {
    String start = "resources:\n  disk:\n    operation: ";
    assertThatThrownBy(() -> run("operation-answers", start + "{id: /id}"))
        .hasMessageContaining("overrides.yaml:3:")
        .hasMessageContaining("'get' is missing");
    assertThatThrownBy(() -> run("operation-answers", start + "{get: 'GET /jobs/{job_id}'}"))
        .hasMessageContaining("'status' and 'done' are missing");
    assertThatThrownBy(
            () ->
                run(
                    "operation-answers",
                    start + "{get: 'GET /disks', status: /status, done: [done]}"))
        .hasMessageContaining("has no parameter that names one operation");
  }

  @Test
  void mistakesNameTheLineAndWhatMayBeMeant() {
    assertThatThrownBy(() -> run("reconciling", "resources:\n  sever: {exclude: true}\n"))
        .hasMessageContaining("overrides.yaml:2:")
        .hasMessageContaining("did you mean 'server'?");
    assertThatThrownBy(() -> run("reconciling", "resources:\n  server:\n    idPointr: /id\n"))
        .hasMessageContaining("overrides.yaml:3:")
        .hasMessageContaining("did you mean 'idPointer'?");
    assertThatThrownBy(
            () -> run("reconciling", "resources:\n  server:\n    get: GET /server/{server_id}\n"))
        .hasMessageContaining("did you mean 'GET /servers/{server_id}'?");
    assertThatThrownBy(
            () -> run("reconciling", "resources:\n  server:\n    reconcile: {strategy: TAG}\n"))
        .hasMessageContaining("overrides.yaml:3:");
    assertThatThrownBy(() -> run("reconciling", "resources: [server]\n"))
        .hasMessageContaining("expected a mapping");
  }

  private CodegenResult run(String trap, String text) throws IOException {
    Path file = folder.resolve(trap + ".overrides.yaml");
    Files.writeString(file, text);
    return Codegen.run(CodegenOptions.of(Traps.path(trap)).withOverrides(file));
  }
}
