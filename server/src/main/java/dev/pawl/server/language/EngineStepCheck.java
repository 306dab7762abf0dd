package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.Retry;
import dev.pawl.server.workflow.StepDefinition;
import dev.pawl.server.workflow.StoredName;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;

/** What the engine's own steps ask of a file besides their arguments' schema. */
final class EngineStepCheck {
  private final WorkflowValidator validator;

  EngineStepCheck(WorkflowValidator validator) {
    this.validator = validator;
  }

  void check(StepDefinition step, Path path, Problems problems) {
    if (!step.retry().equals(Retry.NONE)) {
      problems.at(
          path.key("retry"),
          "a step of "
              + step.model()
              + " is not tried again: nothing of it can fail in passing"
              + (step.model().equals(EngineSteps.WORKFLOW)
                  ? "; give the child's steps their retry"
                  : ""));
    }
    if (step.skipIfExists()) {
      problems.at(path.key("skipIfExists"), step.model() + " stores no resource");
    }
    Path with = path.key("with");
    switch (step.model()) {
      case EngineSteps.WAIT -> sleep(step, with, problems);
      case EngineSteps.WORKFLOW -> {
        oneOfBoth(step, with, problems);
        child(step, with.key(EngineSteps.DEFINITION), problems);
        stored(step, with, problems);
      }
      default -> {}
    }
  }

  private static void sleep(StepDefinition step, Path with, Problems problems) {
    JsonNode duration = step.arguments().get("duration");
    if (duration != null && isWritten(duration)) {
      try {
        Durations.parse(duration);
      } catch (IllegalArgumentException e) {
        problems.at(with.key("duration"), String.valueOf(e.getMessage()));
      }
    }
    JsonNode until = step.arguments().get("until");
    if (until != null && until.isTextual() && isWritten(until)) {
      try {
        OffsetDateTime.parse(until.textValue());
      } catch (DateTimeParseException e) {
        problems.at(
            with.key("until"),
            "'" + until.textValue() + "' is not a time; write 2026-01-31T08:00:00Z");
      }
    }
  }

  /** Said here and not by the schema, which could only say that one of two schemas must fit. */
  private static void oneOfBoth(StepDefinition step, Path with, Problems problems) {
    boolean written = step.arguments().has(EngineSteps.DEFINITION);
    boolean named = step.arguments().has(EngineSteps.STORED);
    if (written && named) {
      problems.at(with, "'workflow' and 'stored' are both given: choose one");
    } else if (!written && !named) {
      problems.at(
          with,
          "what to run is missing: give 'workflow' with a definition, or 'stored' with the name of"
              + " a stored one");
    }
  }

  private static void stored(StepDefinition step, Path with, Problems problems) {
    JsonNode name = step.arguments().get(EngineSteps.STORED);
    if (name == null || !name.isTextual() || !isWritten(name)) {
      return;
    }
    try {
      StoredName.parse(name.textValue());
    } catch (IllegalArgumentException e) {
      problems.at(with.key(EngineSteps.STORED), String.valueOf(e.getMessage()));
    }
  }

  private static boolean isWritten(JsonNode value) {
    return !Json.write(value).contains("${{");
  }

  private void child(StepDefinition step, Path at, Problems problems) {
    JsonNode definition = step.arguments().get(EngineSteps.DEFINITION);
    if (definition == null || !definition.isObject()) {
      return;
    }
    try {
      validator.check("workflow", Json.write(definition));
    } catch (InvalidWorkflow e) {
      e.problems()
          .forEach(
              p ->
                  problems.at(
                      at, p.path().isEmpty() ? p.message() : p.path() + ": " + p.message()));
    } catch (LimitExceeded e) {
      problems.at(at, String.valueOf(e.getMessage()));
    }
  }
}
