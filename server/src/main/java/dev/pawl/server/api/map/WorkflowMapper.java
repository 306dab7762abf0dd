package dev.pawl.server.api.map;

import dev.pawl.server.engine.PutWorkflow;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.Workflow;
import dev.pawl.v1.WorkflowDefinition;

/** Stored workflows as messages, and requests to store one as commands. */
public final class WorkflowMapper {
  private WorkflowMapper() {}

  public static PutWorkflow.Command put(PutWorkflowRequest request) {
    if (!request.hasDefinition()) {
      throw ServerFailure.invalidField("definition", "is required: what to store");
    }
    return new PutWorkflow.Command(
        Fields.namespace(request.getNamespace()),
        RunCommands.text(request.getDefinition()),
        RunCommands.fileName(request.getDefinition()),
        request.hasExpectedVersion()
            ? Fields.notNegative("expected_version", request.getExpectedVersion())
            : null,
        Fields.idempotencyKey(request.hasIdempotencyKey(), request.getIdempotencyKey()));
  }

  /** A version; a summary has no definition. */
  public static Workflow workflow(StoredWorkflow stored) {
    Workflow.Builder out =
        Workflow.newBuilder()
            .setNamespace(stored.namespace())
            .setName(stored.name())
            .setVersion(Math.toIntExact(stored.version()))
            .setFingerprint(stored.fingerprint())
            .setInputsSchemaJson(stored.inputsSchema())
            .setCreateTime(Times.timestamp(stored.createdAt()));
    if (!stored.definition().isEmpty()) {
      out.setDefinition(
          WorkflowDefinition.newBuilder()
              .setText(stored.definition())
              .setFileName(stored.definitionFile()));
    }
    return out.build();
  }
}
