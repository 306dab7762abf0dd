package dev.pawl.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.error.NotImplemented;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.JsonText;
import dev.pawl.server.api.map.RunCommands;
import dev.pawl.server.engine.ValidateWorkflow;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.v1.GetWorkflowRequest;
import dev.pawl.v1.GetWorkflowResponse;
import dev.pawl.v1.ListWorkflowsRequest;
import dev.pawl.v1.ListWorkflowsResponse;
import dev.pawl.v1.Problem;
import dev.pawl.v1.PutWorkflowRequest;
import dev.pawl.v1.PutWorkflowResponse;
import dev.pawl.v1.Severity;
import dev.pawl.v1.ValidateWorkflowRequest;
import dev.pawl.v1.ValidateWorkflowResponse;
import dev.pawl.v1.WorkflowServiceGrpc;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;

/** {@code pawl.v1.WorkflowService}. */
public final class WorkflowApi extends WorkflowServiceGrpc.WorkflowServiceImplBase {
  private static final String INSTEAD = "send the definition along with StartRun";

  private final ValidateWorkflow validate;

  @Inject
  public WorkflowApi(ValidateWorkflow validate) {
    this.validate = validate;
  }

  @Override
  public void validateWorkflow(
      ValidateWorkflowRequest request, StreamObserver<ValidateWorkflowResponse> out) {
    Answer.with("ValidateWorkflow", out, () -> validated(request));
  }

  private ValidateWorkflowResponse validated(ValidateWorkflowRequest request) {
    Fields.namespace(request.getNamespace());
    if (!request.hasDefinition()) {
      throw ServerFailure.invalidField("definition", "is required: what to check");
    }
    ObjectNode inputs =
        request.hasInputsJson() ? JsonText.object("inputs_json", request.getInputsJson()) : null;
    ValidateWorkflow.Report report =
        validate.run(
            RunCommands.fileName(request.getDefinition()),
            RunCommands.text(request.getDefinition()),
            inputs);
    ValidateWorkflowResponse.Builder answer =
        ValidateWorkflowResponse.newBuilder()
            .setValid(report.problems().isEmpty())
            .setName(report.name())
            .setFingerprint(report.fingerprint());
    report.problems().stream().map(WorkflowApi::problem).forEach(answer::addProblems);
    return answer.build();
  }

  private static Problem problem(Violation violation) {
    return Problem.newBuilder()
        .setField(violation.field())
        .setMessage(violation.message())
        .setSuggestion(violation.suggestion())
        .setSeverity(Severity.SEVERITY_ERROR)
        .build();
  }

  @Override
  public void putWorkflow(PutWorkflowRequest request, StreamObserver<PutWorkflowResponse> out) {
    Answer.with(
        "PutWorkflow",
        out,
        () -> {
          throw new NotImplemented("PutWorkflow", INSTEAD);
        });
  }

  @Override
  public void getWorkflow(GetWorkflowRequest request, StreamObserver<GetWorkflowResponse> out) {
    Answer.with(
        "GetWorkflow",
        out,
        () -> {
          throw new NotImplemented("GetWorkflow", INSTEAD);
        });
  }

  @Override
  public void listWorkflows(
      ListWorkflowsRequest request, StreamObserver<ListWorkflowsResponse> out) {
    Answer.with(
        "ListWorkflows",
        out,
        () -> {
          throw new NotImplemented("ListWorkflows", INSTEAD);
        });
  }
}
