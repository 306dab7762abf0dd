package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.server.language.WorkflowSchema;
import picocli.CommandLine.Command;

@Command(
    name = "schema",
    description =
        "Prints the JSON Schema of workflow files, with which editors complete and check them.",
    footer = {
      "",
      "Example:",
      "  pawl schema > workflow.schema.json",
      "  # then, as the first line of a workflow file:",
      "  # yaml-language-server: $$schema=workflow.schema.json"
    })
final class SchemaCommand extends BaseCommand {
  SchemaCommand(Surroundings surroundings) {
    super(surroundings);
  }

  /** The schema is JSON: it is the answer in either format. */
  @Override
  ExitCode execute(Output output) {
    surroundings().out().println(WorkflowSchema.text());
    return ExitCode.OK;
  }
}
