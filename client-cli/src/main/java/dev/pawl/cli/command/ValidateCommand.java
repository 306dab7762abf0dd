package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.failure.Violation;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.Problem;
import dev.pawl.server.language.WorkflowValidator;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "validate",
    description =
        "Checks all of a workflow that can be checked before a run, every problem at once. Needs no"
            + " server.",
    footer = {"", "Example:", "  pawl validate workflow.yaml"})
final class ValidateCommand extends BaseCommand {
  @Parameters(paramLabel = "FILE", description = "The workflow, YAML or JSON.")
  Path file = Path.of("");

  @Mixin final ModelsOptions models = new ModelsOptions();

  ValidateCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) {
    String text = WorkflowFile.text(file);
    try {
      ParsedWorkflow workflow = new WorkflowValidator(models.load()).check(file.toString(), text);
      String name = workflow.definition().name();
      output.answer(
          Json.object("valid", true, "workflow", name, "violations", List.of()),
          List.of("%s: workflow %s is valid".formatted(file, name)));
      return ExitCode.OK;
    } catch (InvalidWorkflow e) {
      throw invalid(e);
    } catch (LimitExceeded e) {
      throw new CliException(
          Failure.of("RESOURCE_EXHAUSTED", Failure.LIMIT_EXCEEDED, String.valueOf(e.getMessage())),
          e);
    }
  }

  private CliException invalid(InvalidWorkflow e) {
    List<Violation> violations =
        e.problems().stream().map(p -> new Violation(p.place(), words(p))).toList();
    int count = violations.size();
    return new CliException(
        Failure.of(
                "INVALID_ARGUMENT",
                "INVALID_WORKFLOW",
                "%s has %s".formatted(file, count == 1 ? "a problem" : count + " problems"))
            .withViolations(violations),
        e);
  }

  private static String words(Problem problem) {
    return (problem.path().isEmpty() ? "" : problem.path() + ": ")
        + problem.message()
        + (problem.suggestion() == null ? "" : "; did you mean '" + problem.suggestion() + "'?");
  }
}
