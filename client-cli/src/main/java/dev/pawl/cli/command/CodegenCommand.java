package dev.pawl.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import dev.pawl.cli.output.Table;
import dev.pawl.codegen.Codegen;
import dev.pawl.codegen.CodegenOptions;
import dev.pawl.codegen.CodegenResult;
import dev.pawl.codegen.Verification;
import dev.pawl.codegen.document.CodegenException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "codegen",
    subcommands = CodegenExplainCommand.class,
    description =
        "Makes model classes from an OpenAPI document. With neither --out nor --jar it only reports"
            + " what it understood.",
    footer = {
      "",
      "Examples:",
      "  pawl codegen openapi.yaml",
      "  pawl codegen openapi.yaml --jar models/api.jar --report report.json",
      "  pawl codegen openapi.yaml --verify",
      "  pawl codegen explain openapi.yaml droplet"
    })
final class CodegenCommand extends BaseCommand {
  @Parameters(
      arity = "0..1",
      paramLabel = "SPEC",
      description = "The OpenAPI document: 2.0, 3.0 or 3.1.")
  @Nullable Path spec;

  @Option(
      names = "--overrides",
      paramLabel = "F",
      order = 10,
      description = "What to mend in the inference. Default: SPEC's name with .overrides.yaml.")
  @Nullable Path overrides;

  @Option(
      names = "--overlay",
      paramLabel = "F",
      order = 10,
      description =
          "An OpenAPI Overlay 1.0 document that mends SPEC. Default: SPEC's name with"
              + " .overlay.yaml.")
  @Nullable Path overlay;

  @Option(
      names = "--name",
      paramLabel = "N",
      order = 11,
      description = "The model types' part before the slash. Default: SPEC's file name.")
  @Nullable String name;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      order = 12,
      description = "Writes Java sources here.")
  @Nullable Path out;

  @Option(
      names = "--report",
      paramLabel = "F.json",
      order = 13,
      description = "Writes what was understood and what was skipped, and why.")
  @Nullable Path report;

  @Option(
      names = "--jar",
      paramLabel = "F.jar",
      order = 14,
      description = "Compiles the models and packs them for --models-dir.")
  @Nullable Path jar;

  @Option(
      names = "--verify",
      order = 15,
      description =
          "Runs every model's create against a simulator of the document, and says which kept all"
              + " promises. Exits with 1 when one broke a promise.")
  boolean verify;

  CodegenCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) {
    if (spec == null) {
      throw CliException.usage("give the OpenAPI document: pawl codegen SPEC");
    }
    try {
      CodegenOptions options =
          CodegenOptions.of(spec)
              .withOverrides(overrides)
              .withOverlay(overlay)
              .withName(name)
              .withOut(out)
              .withReport(report)
              .withJar(jar);
      CodegenResult result =
          verify
              ? Codegen.run(options, this::progress, VerifyModels::run)
              : Codegen.run(options, this::progress);
      result.warnings().forEach(output::warning);
      answer(result, output);
      boolean broken =
          result.verifications().stream().anyMatch(v -> v.result() == Verification.Result.FAILED);
      return broken ? ExitCode.FAILED : ExitCode.OK;
    } catch (CodegenException e) {
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "CODEGEN", String.valueOf(e.getMessage())), e);
    }
  }

  /** A large document takes a while; a script need not hear of it. */
  private void progress(String stage) {
    if (surroundings().terminal().stderr() == dev.pawl.cli.Terminal.Kind.TERMINAL) {
      surroundings().err().println(stage + "…");
    }
  }

  private void answer(CodegenResult result, Output output) {
    if (output.format() == OutputFormat.JSON) {
      surroundings().out().println(result.report());
      return;
    }
    lines(result).forEach(surroundings().out()::println);
  }

  private List<String> lines(CodegenResult result) {
    JsonNode resources = result.report().path("resources");
    JsonNode skipped = result.report().path("skipped");
    List<String> lines = new ArrayList<>();
    if (out == null && jar == null && report == null) {
      lines.addAll(table(resources));
    }
    lines.add(
        "%d resources understood, %d POSTs skipped".formatted(resources.size(), skipped.size()));
    if (out != null || jar != null) {
      lines.add("%d models generated".formatted(result.generated().size()));
    }
    if (verify) {
      lines.addAll(verified(result));
    }
    return lines;
  }

  private static List<String> verified(CodegenResult result) {
    List<String> lines = new ArrayList<>();
    long verified = 0;
    for (Verification one : result.verifications()) {
      if (one.result() == Verification.Result.VERIFIED) {
        verified++;
      } else {
        lines.add("%s is not verified. %s".formatted(one.type(), one.reason()));
      }
    }
    lines.add("%d of %d models verified".formatted(verified, result.verifications().size()));
    return lines;
  }

  private static List<String> table(JsonNode resources) {
    Table table = new Table("TYPE", "CREATE", "RECONCILE", "VERIFY");
    for (JsonNode resource : resources) {
      table.row(
          resource.path("type").asText(),
          resource.path("create").asText(),
          resource.path("reconcile").asText(),
          resource.path("verify").asText());
    }
    return table.lines("");
  }
}
