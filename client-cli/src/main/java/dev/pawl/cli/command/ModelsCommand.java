package dev.pawl.cli.command;

import static java.util.stream.Collectors.joining;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.Table;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.server.models.ModelRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "models",
    description = "Lists the kinds of things that workflows can use. Needs no server.",
    subcommands = ModelsShowCommand.class,
    footer = {"", "Examples:", "  pawl models", "  pawl models show digitalocean/droplet"})
final class ModelsCommand extends BaseCommand {
  @Mixin final ModelsOptions models = new ModelsOptions();

  ModelsCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) {
    ModelRegistry registry = models.load();
    List<ModelDescriptor> all =
        registry.types().stream().map(registry::model).flatMap(Optional::stream).toList();
    Table table = new Table("TYPE", "METHODS");
    all.forEach(model -> table.row(model.type(), methods(model, ", ")));
    output.answer(
        Json.object("models", all.stream().map(ModelsCommand::json).toList()), table.lines(""));
    return ExitCode.OK;
  }

  private static Map<String, @Nullable Object> json(ModelDescriptor model) {
    return Json.object(
        "type", model.type(),
        "description", Json.orNull(model.description()),
        "connection", model.connection(),
        "methods", model.methods().stream().map(MethodDescriptor::name).toList());
  }

  private static String methods(ModelDescriptor model, String separator) {
    return model.methods().stream().map(MethodDescriptor::name).collect(joining(separator));
  }
}
