package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.LongRunning;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.IdentityPart.Source;
import dev.pawl.model.rest.PathValue;
import org.junit.jupiter.api.Test;

/** Answers that are operations: asked where, until when, and what they say that they made. */
class OperationFinderTest {
  @Test
  void anOperationInAnEnvelopeNamesWhatItMade() {
    Resource disk = resource("operations-to-ask", "disk");
    LongRunning job = disk.operation().orElseThrow().value();

    assertThat(job.get().describe()).isEqualTo("GET /jobs/{job_id}");
    assertThat(job.answerPointer()).isEqualTo("/job");
    assertThat(job.identity()).containsExactly(new IdentityPart("job_id", Source.OPERATION, "/id"));
    assertThat(job.statusPointer()).isEqualTo("/status");
    assertThat(job.done()).containsExactly("FINISHED");
    assertThat(job.failed()).containsExactly("failed");
    assertThat(disk.identity().value().parts())
        .containsExactly(new IdentityPart("disk_id", Source.OPERATION, "/resource/id"));
    assertThat(disk.identity().value().idPointer()).contains("/job/resource/id");
  }

  @Test
  void anOperationThatIsDoneHoldsTheThing() {
    Resource vault = resource("operations-to-ask", "project_vault");
    LongRunning operation = vault.operation().orElseThrow().value();

    assertThat(operation.identity())
        .containsExactly(
            IdentityPart.request("project", "/project"),
            new IdentityPart("operation", Source.OPERATION, "/name", PathValue.LAST_SEGMENT));
    assertThat(operation.statusPointer()).isEqualTo("/done");
    assertThat(operation.done()).containsExactly("true");
    assertThat(operation.errorPointer()).isEqualTo("/error");
    assertThat(vault.identity().value().parts())
        .containsExactly(
            IdentityPart.request("project", "/project"),
            new IdentityPart("vault", Source.OPERATION, "/response/vaultId"));
  }

  @Test
  void anOperationBesideTheThingLeavesItsKeyWhereItIs() {
    Resource bed = resource("operations-to-ask", "bed");
    LongRunning task = bed.operation().orElseThrow().value();

    assertThat(bed.identity().value().parts())
        .containsExactly(IdentityPart.response("id", "/bed/id"));
    assertThat(task.answerPointer()).isEqualTo("/task");
    assertThat(task.resultPointer()).isEqualTo("/task");
    assertThat(task.identity())
        .containsExactly(
            IdentityPart.response("id", "/bed/id"),
            new IdentityPart("task_id", Source.OPERATION, "/id"));
    assertThat(task.key()).isEmpty();
  }

  @Test
  void aHeaderPointsAtTheOnlyKindOfOperationThereIs() {
    Resource report = resource("operations-in-headers", "report");
    LongRunning operation = report.operation().orElseThrow().value();

    assertThat(operation.identity()).containsExactly(IdentityPart.location("operation_id"));
    assertThat(operation.done()).contains("succeeded", "completed");
    assertThat(report.identity().value().parts())
        .containsExactly(
            new IdentityPart(
                "report_id", Source.OPERATION, "/resource_location", PathValue.LAST_SEGMENT));
  }

  @Test
  void anOperationThatNothingReadsIsNotAsked() {
    assertThat(resource("operation-answers", "image").operation()).isEmpty();
  }

  private static Resource resource(String trap, String kind) {
    return Traps.api(trap).resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow();
  }
}
