package dev.pawl.server.api.map;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.PlanRun;
import dev.pawl.server.engine.RetryRun;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.engine.StartRun.OnExisting;
import dev.pawl.server.engine.WorkflowSource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.v1.DecideApprovalRequest;
import dev.pawl.v1.ExecuteMethodRequest;
import dev.pawl.v1.PlanRetryRequest;
import dev.pawl.v1.PlanRunRequest;
import dev.pawl.v1.RetryOptions;
import dev.pawl.v1.RetryRunRequest;
import dev.pawl.v1.SkipStepRequest;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Requests about runs as commands, checked field by field. */
public final class RunCommands {
  private static final int MAX_WORKFLOW_NAME = 127;
  private static final String DEFAULT_FILE = "workflow.yaml";
  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration LEAST_TIMEOUT = Duration.ofSeconds(1);
  private static final Duration MOST_TIMEOUT = Duration.ofHours(24);
  private static final Duration MOST_WAIT = Duration.ofMinutes(10);

  private RunCommands() {}

  public static StartRun.Command start(StartRunRequest request, String requester) {
    WorkflowSource workflow =
        switch (request.getWorkflowCase()) {
          case DEFINITION -> inline(request.getDefinition());
          case STORED_WORKFLOW -> stored(request.getStoredWorkflow());
          case WORKFLOW_NOT_SET -> throw nothingToRun();
        };
    String key = Fields.idempotencyKey(request.hasIdempotencyKey(), request.getIdempotencyKey());
    OnExisting onExisting = onExisting(request);
    if (onExisting != OnExisting.ATTACH && key == null) {
      throw ServerFailure.invalidField("on_existing", "goes only with an idempotency_key");
    }
    return new StartRun.Command(
        Fields.namespace(request.getNamespace()),
        workflow,
        JsonText.object("inputs_json", request.getInputsJson()),
        key,
        onExisting,
        requester);
  }

  /** How long a start waits for the run's end. */
  public static Duration wait(StartRunRequest request) {
    return request.hasWait()
        ? Times.between("wait", request.getWait(), Duration.ZERO, MOST_WAIT)
        : Duration.ZERO;
  }

  public static PlanRun.Command plan(PlanRunRequest request) {
    WorkflowSource workflow =
        switch (request.getWorkflowCase()) {
          case DEFINITION -> inline(request.getDefinition());
          case STORED_WORKFLOW -> stored(request.getStoredWorkflow());
          case WORKFLOW_NOT_SET -> throw nothingToRun();
        };
    return new PlanRun.Command(
        Fields.namespace(request.getNamespace()),
        workflow,
        JsonText.object("inputs_json", request.getInputsJson()));
  }

  public static RetryRun.Command retry(RetryRunRequest request, String requester) {
    return retry(
        request.getNamespace(),
        request.getRunId(),
        request.getOptions(),
        Fields.fromOne(
            "expected_attempt", request.hasExpectedAttempt(), request.getExpectedAttempt()),
        Fields.idempotencyKey(request.hasIdempotencyKey(), request.getIdempotencyKey()),
        requester);
  }

  public static RetryRun.Command retry(PlanRetryRequest request, String requester) {
    return retry(
        request.getNamespace(), request.getRunId(), request.getOptions(), null, null, requester);
  }

  private static RetryRun.Command retry(
      String namespace,
      String runId,
      RetryOptions options,
      @Nullable Integer expectedAttempt,
      @Nullable String key,
      String requester) {
    boolean mends = options.hasDefinition();
    List<String> steps =
        options.getStepsList().stream()
            .map(step -> Fields.required("options.steps", step, Fields.MAX_NAME))
            .toList();
    return new RetryRun.Command(
        Keys.run(namespace, runId),
        expectedAttempt,
        mends ? text(options.getDefinition()) : null,
        fileName(options.getDefinition()),
        JsonText.object("options.inputs_json", options.getInputsJson()),
        options.getFromStep().isEmpty() ? null : options.getFromStep(),
        steps,
        options.getRecreate(),
        key,
        requester);
  }

  /** An answer to an approval step. */
  public static Decide decide(DecideApprovalRequest request, String requester) {
    Waiting.Decision decision =
        switch (request.getDecision()) {
          case APPROVAL_DECISION_APPROVED -> Waiting.Decision.APPROVED;
          case APPROVAL_DECISION_REJECTED -> Waiting.Decision.REJECTED;
          case APPROVAL_DECISION_UNSPECIFIED ->
              throw ServerFailure.invalidField("decision", "is required: approved or rejected");
          case UNRECOGNIZED ->
              throw ServerFailure.invalidField(
                  "decision", "holds a value that this server does not know");
        };
    return new Decide(
        Keys.run(request.getNamespace(), request.getRunId()),
        new StepKey(
            Fields.required("step_id", request.getStepId(), Fields.MAX_NAME),
            Fields.limited("iteration_key", request.getIterationKey(), Fields.MAX_WORDS)),
        decision,
        requester,
        Fields.limited("comment", request.getComment(), Fields.MAX_WORDS));
  }

  /** A step to answer for. */
  public static SkipStep.Command skip(SkipStepRequest request, String requester) {
    return new SkipStep.Command(
        Keys.run(request.getNamespace(), request.getRunId()),
        Fields.required("step_id", request.getStepId(), Fields.MAX_NAME),
        Fields.limited("iteration_key", request.getIterationKey(), Fields.MAX_WORDS),
        request.getOutputJson().isEmpty()
            ? NullNode.getInstance()
            : JsonText.value("output_json", request.getOutputJson()),
        Fields.required("reason", request.getReason(), Fields.MAX_WORDS),
        Fields.fromOne(
            "expected_attempt", request.hasExpectedAttempt(), request.getExpectedAttempt()),
        requester);
  }

  /** A method outside a workflow. */
  public static ExecuteMethod.Command execute(ExecuteMethodRequest request, String requester) {
    if (!request.getKey().getOutputSpec().isEmpty()) {
      throw ServerFailure.invalidField("key.output_spec", "must be empty: the method decides");
    }
    var key = Keys.anyInstance(request.getKey());
    CreateOptions options = OptionsMapper.options(request.getOptions());
    return new ExecuteMethod.Command(
        key.namespace(),
        key.modelType(),
        key.instance(),
        Fields.required("method", request.getMethod(), Fields.MAX_NAME),
        JsonText.object("arguments_json", request.getArgumentsJson()),
        options,
        request.getOptions().getSkipIfExists(),
        timeout(request.hasTimeout(), request.getTimeout()),
        Fields.idempotencyKey(request.hasIdempotencyKey(), request.getIdempotencyKey()),
        requester);
  }

  /** How long a method may take. */
  public static Duration timeout(boolean isGiven, com.google.protobuf.Duration given) {
    return isGiven ? Times.between("timeout", given, LEAST_TIMEOUT, MOST_TIMEOUT) : DEFAULT_TIMEOUT;
  }

  /** The definition's text. */
  public static String text(WorkflowDefinition definition) {
    return Fields.required("definition.text", definition.getText(), Integer.MAX_VALUE);
  }

  /** The name that error positions use. */
  public static String fileName(WorkflowDefinition definition) {
    String name =
        Fields.limited("definition.file_name", definition.getFileName(), Fields.MAX_WORDS);
    return name.isEmpty() ? DEFAULT_FILE : name;
  }

  private static WorkflowSource inline(WorkflowDefinition definition) {
    return new WorkflowSource.Inline(text(definition), fileName(definition));
  }

  private static WorkflowSource stored(WorkflowReference reference) {
    return new WorkflowSource.Stored(
        workflowName("stored_workflow.name", reference.getName()),
        Fields.notNegative("stored_workflow.version", reference.getVersion()));
  }

  private static ServerFailure nothingToRun() {
    return ServerFailure.invalidField("definition", "is required, or stored_workflow: what to run");
  }

  /** The name of a stored workflow. */
  public static String workflowName(String field, String given) {
    return Fields.required(field, given, MAX_WORKFLOW_NAME);
  }

  private static OnExisting onExisting(StartRunRequest request) {
    return switch (request.getOnExisting()) {
      case ON_EXISTING_UNSPECIFIED, ON_EXISTING_ATTACH -> OnExisting.ATTACH;
      case ON_EXISTING_RETRY_IF_FAILED -> OnExisting.RETRY_IF_FAILED;
      case ON_EXISTING_FAIL -> OnExisting.FAIL;
      case UNRECOGNIZED ->
          throw ServerFailure.invalidField(
              "on_existing", "holds a value that this server does not know");
    };
  }
}
