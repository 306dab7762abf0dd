package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.failure.ServerFailure.Violation;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.WorkflowParser;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks a definition as a start would, and tells what it finds instead of failing. */
public final class ValidateWorkflow {
  private static final String FILE = "INVALID_WORKFLOW";
  private static final String INPUTS = "INVALID_INPUTS";

  private final CheckWorkflow check;

  /**
   * What was found.
   *
   * @param problems by place in the file, or those of the inputs; empty when all is well
   * @param name the workflow's; empty if it could not be read
   * @param fingerprint of the canonical definition; empty unless the definition is valid
   */
  public record Report(List<Violation> problems, String name, String fingerprint) {
    public Report {
      problems = List.copyOf(problems);
    }
  }

  @Inject
  public ValidateWorkflow(CheckWorkflow check) {
    this.check = check;
  }

  /**
   * Checks.
   *
   * @param inputs to be checked as well; null for the definition alone
   * @throws ServerFailure LIMIT_EXCEEDED
   */
  public Report run(String fileName, String definition, @Nullable ObjectNode inputs) {
    ParsedWorkflow parsed;
    try {
      parsed = check.definition(fileName, definition);
    } catch (ServerFailure e) {
      if (e.reason().equals(FILE)) {
        return new Report(e.violations(), nameOf(fileName, definition), "");
      }
      throw e;
    }
    return new Report(
        inputProblems(parsed, inputs), parsed.definition().name(), parsed.fingerprint());
  }

  private List<Violation> inputProblems(ParsedWorkflow parsed, @Nullable ObjectNode inputs) {
    try {
      check.inputs(parsed, inputs == null ? Json.object() : inputs);
      return List.of();
    } catch (ServerFailure e) {
      boolean aboutTheFile = e.reason().equals(FILE);
      if (aboutTheFile || e.reason().equals(INPUTS)) {
        return aboutTheFile || inputs != null ? e.violations() : List.of();
      }
      throw e;
    }
  }

  /** Also a workflow that asks too much of the models has a name. */
  private static String nameOf(String fileName, String definition) {
    try {
      return WorkflowParser.parse(fileName, definition).definition().name();
    } catch (InvalidWorkflow e) {
      return "";
    }
  }
}
