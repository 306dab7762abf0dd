package dev.pawl.server.api.map;

import dev.pawl.model.Outcome;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.v1.ApiRequest;
import dev.pawl.v1.Problem;
import dev.pawl.v1.Severity;
import dev.pawl.v1.StepExecution;

/** Step executions as messages. */
final class StepMapper {
  private StepMapper() {}

  static StepExecution step(StepRecord step) {
    StepExecution.Builder out =
        StepExecution.newBuilder()
            .setStepId(step.key().stepId())
            .setIterationKey(step.key().iteration())
            .setName(step.name())
            .setInstance(step.instance())
            .setModelType(step.modelType())
            .setMethod(step.method())
            .setStatus(dev.pawl.v1.StepStatus.valueOf("STEP_STATUS_" + step.status().name()))
            .setAttempt(step.attempt())
            .setTries(step.tries())
            .addAllWarnings(step.warnings())
            .setOutputJson(JsonText.text(step.output()));
    step.differs().stream().map(DataMapper::difference).forEach(out::addDiffers);
    Outcome outcome = step.outcome();
    if (outcome != null) {
      out.setOutcome(DataMapper.outcome(outcome));
    }
    out.setWaitingFor(step.waitingFor());
    if (step.error() != null) {
      out.setError(error(step.error()));
    }
    if (step.startedAt() != null) {
      out.setStartTime(Times.timestamp(step.startedAt()));
    }
    if (step.endedAt() != null) {
      out.setEndTime(Times.timestamp(step.endedAt()));
    }
    return out.build();
  }

  static dev.pawl.v1.StepOverride override(StepOverride said) {
    return dev.pawl.v1.StepOverride.newBuilder()
        .setStepId(said.key().stepId())
        .setIterationKey(said.key().iteration())
        .setAttempt(said.attempt())
        .setOutputJson(JsonText.text(said.output()))
        .setReason(said.reason())
        .setRequester(said.requester())
        .setCreateTime(Times.timestamp(said.saidAt()))
        .build();
  }

  private static dev.pawl.v1.StepError error(StepError error) {
    dev.pawl.v1.StepError.Builder out =
        dev.pawl.v1.StepError.newBuilder()
            .setCode(error.code())
            .setReason(error.reason())
            .setMessage(error.message());
    String request = error.request();
    if (request != null) {
      out.setApiRequest(request(request, error.httpStatus()));
    }
    error.violations().stream().map(StepMapper::problem).forEach(out::addViolations);
    return out.build();
  }

  /** Stored as {@code POST /v2/vpcs}. */
  private static ApiRequest request(String methodAndPath, int status) {
    int space = methodAndPath.indexOf(' ');
    ApiRequest.Builder out = ApiRequest.newBuilder().setStatus(status);
    return space < 0
        ? out.setPath(methodAndPath).build()
        : out.setMethod(methodAndPath.substring(0, space))
            .setPath(methodAndPath.substring(space + 1))
            .build();
  }

  /** Stored as {@code path: message}. */
  private static Problem problem(String violation) {
    int colon = violation.indexOf(": ");
    return Problem.newBuilder()
        .setField(colon < 0 ? "" : violation.substring(0, colon))
        .setMessage(colon < 0 ? violation : violation.substring(colon + 2))
        .setSeverity(Severity.SEVERITY_ERROR)
        .build();
  }
}
