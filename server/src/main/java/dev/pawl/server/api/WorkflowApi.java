package dev.pawl.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.api.error.Answer;
import dev.pawl.server.api.map.Fields;
import dev.pawl.server.api.map.JsonText;
import dev.pawl.server.api.map.RunCommands;
import dev.pawl.server.api.map.WorkflowMapper;
import dev.pawl.server.engine.FindWorkflow;
import dev.pawl.server.engine.ListWorkflows;
import dev.pawl.server.engine.PutWorkflow;
import dev.pawl.server.engine.ValidateWorkflow;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.store.StoredWorkflow;
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
  private final ValidateWorkflow validate;
  private final PutWorkflow put;
  private final FindWorkflow find;
  private final WorkflowPages pages;

  @Inject
  public WorkflowApi(
      ValidateWorkflow validate, PutWorkflow put, FindWorkflow find, ListWorkflows list) {
    this.validate = validate;
    this.put = put;
    this.find = find;
    this.pages = new WorkflowPages(list);
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
          PutWorkflow.Result done = put.run(WorkflowMapper.put(request));
          return PutWorkflowResponse.newBuilder()
              .setWorkflow(WorkflowMapper.workflow(done.workflow()))
              .setReplayed(done.replayed())
              .build();
        });
  }

  @Override
  public void getWorkflow(GetWorkflowRequest request, StreamObserver<GetWorkflowResponse> out) {
    Answer.with(
        "GetWorkflow",
        out,
        () -> {
          StoredWorkflow found =
              find.find(
                  Fields.namespace(request.getNamespace()),
                  RunCommands.workflowName("name", request.getName()),
                  Fields.notNegative("version", request.getVersion()));
          return GetWorkflowResponse.newBuilder()
              .setWorkflow(WorkflowMapper.workflow(found))
              .build();
        });
  }

  @Override
  public void listWorkflows(
      ListWorkflowsRequest request, StreamObserver<ListWorkflowsResponse> out) {
    Answer.with("ListWorkflows", out, () -> pages.page(request));
  }
}
