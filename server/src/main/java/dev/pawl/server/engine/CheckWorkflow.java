package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.InputResolver;
import dev.pawl.server.language.InvalidInputs;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.WorkflowValidator;
import dev.pawl.server.run.AsStored;
import dev.pawl.server.workflow.InputDefinition;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;

/** Reads a definition and its inputs, and refuses them with everything that is wrong. */
public final class CheckWorkflow {
  /** Of the definitions that are kept ready, in characters. */
  private static final long MOST_KEPT = 8_000_000;

  private final WorkflowValidator validator;

  /** Many runs are of few definitions, and reading one takes longer than running it. */
  private final Cache<Source, ParsedWorkflow> read =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_KEPT)
          .weigher((Source source, ParsedWorkflow workflow) -> source.text().length())
          .build();

  private record Source(String fileName, String text) {}

  @Inject
  public CheckWorkflow(ModelCatalog models) {
    this.validator = new WorkflowValidator(models);
  }

  /**
   * The checked definition.
   *
   * @throws ServerFailure INVALID_WORKFLOW, LIMIT_EXCEEDED
   */
  public ParsedWorkflow definition(String fileName, String text) {
    Source source = new Source(fileName, text);
    ParsedWorkflow known = read.getIfPresent(source);
    if (known != null) {
      return known;
    }
    try {
      ParsedWorkflow workflow = validator.check(fileName, text);
      read.put(source, workflow);
      return workflow;
    } catch (InvalidWorkflow e) {
      throw new ServerFailure(
          Code.INVALID_ARGUMENT,
          "INVALID_WORKFLOW",
          e.problems().size() == 1
              ? e.problems().get(0).toString()
              : fileName + " has " + e.problems().size() + " problems",
          e.problems().stream()
              .map(
                  p ->
                      new ServerFailure.Violation(
                          p.place(),
                          p.path().isEmpty() ? p.message() : p.path() + ": " + p.message(),
                          p.suggestion() == null ? "" : p.suggestion()))
              .toList());
    } catch (LimitExceeded e) {
      throw ServerFailure.of(
          Code.RESOURCE_EXHAUSTED, "LIMIT_EXCEEDED", String.valueOf(e.getMessage()));
    }
  }

  /**
   * The inputs with defaults filled in.
   *
   * @throws ServerFailure INVALID_INPUTS
   */
  public ObjectNode inputs(ParsedWorkflow workflow, ObjectNode given) {
    refuseSecrets(workflow);
    try {
      return AsStored.object(InputResolver.resolve(workflow.definition(), given));
    } catch (InvalidInputs e) {
      throw new ServerFailure(
          Code.INVALID_ARGUMENT,
          "INVALID_INPUTS",
          e.violations().size() == 1
              ? e.violations().get(0).toString()
              : e.violations().size() + " inputs do not fit the workflow",
          e.violations().stream()
              .map(v -> new ServerFailure.Violation(v.path(), v.message(), ""))
              .toList());
    }
  }

  /** A secret may not be stored in clear, and sealed inputs do not exist yet. */
  static void refuseSecrets(ParsedWorkflow workflow) {
    for (InputDefinition input : workflow.definition().inputs().values()) {
      if (input.secret()) {
        throw new ServerFailure(
            Code.INVALID_ARGUMENT,
            "INVALID_WORKFLOW",
            "input "
                + input.name()
                + " is secret, which is not available yet; give credentials"
                + " to the connection instead (--connection NAME=URL,token-env=VAR)",
            java.util.List.of(
                new ServerFailure.Violation(
                    "inputs." + input.name(), "secret inputs are not available yet", "")));
      }
    }
  }
}
