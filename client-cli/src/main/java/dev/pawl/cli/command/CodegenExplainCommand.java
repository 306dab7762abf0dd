package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.codegen.Explain;
import dev.pawl.codegen.document.CodegenException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "explain",
    description = "Says of one resource what was understood, how surely, and why.",
    footer = {
      "",
      "Examples:",
      "  pawl codegen explain openapi.yaml droplet",
      "  pawl codegen explain openapi.yaml 'POST /v2/tags/{tag_id}/resources'"
    })
final class CodegenExplainCommand extends BaseCommand {
  @Parameters(
      index = "0",
      paramLabel = "SPEC",
      description = "The OpenAPI document: 2.0, 3.0 or 3.1.")
  Path spec = Path.of("");

  @Parameters(
      index = "1",
      paramLabel = "RESOURCE",
      description = "A kind such as droplet, its type, or an operation such as 'POST /droplets'.")
  String resource = "";

  @Option(
      names = "--overrides",
      paramLabel = "F",
      description = "What to mend in the inference. Default: SPEC's name with .overrides.yaml.")
  @Nullable Path overrides;

  @Option(
      names = "--name",
      paramLabel = "N",
      description = "The model types' part before the slash. Default: SPEC's file name.")
  @Nullable String name;

  CodegenExplainCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) {
    try {
      CodegenOptions options = CodegenOptions.of(spec).withOverrides(overrides).withName(name);
      Explain.Explanation explanation = Explain.of(Codegen.understand(options), resource);
      if (output.format() == OutputFormat.JSON) {
        surroundings().out().println(explanation.json());
      } else {
        explanation.lines().forEach(surroundings().out()::println);
      }
      return ExitCode.OK;
    } catch (CodegenException e) {
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "CODEGEN", String.valueOf(e.getMessage())), e);
    }
  }
}
