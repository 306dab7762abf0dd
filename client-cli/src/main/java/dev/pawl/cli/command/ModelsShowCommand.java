package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.server.language.Suggestion;
import dev.pawl.server.models.ModelRegistry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "show",
    description = "Shows one model: its methods, and the JSON Schemas of what they take and give.",
    footer = {"", "Example:", "  pawl models show digitalocean/droplet -o json"})
final class ModelsShowCommand extends BaseCommand {
  @Parameters(paramLabel = "TYPE", description = "The type, e.g. digitalocean/droplet.")
  String type = "";

  @Mixin final ModelsOptions models = new ModelsOptions();

  ModelsShowCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) {
    ModelRegistry registry = models.load();
    ModelDescriptor model = registry.model(type).orElseThrow(() -> unknown(registry));
    output.answer(json(model), lines(model));
    return ExitCode.OK;
  }

  private CliException unknown(ModelRegistry registry) {
    List<String> near =
        Suggestion.nearest(type, registry.types()).map(List::of).orElseGet(() -> alike(registry));
    Failure failure =
        Failure.of("NOT_FOUND", "MODEL_NOT_FOUND", "there is no model '" + type + "'");
    return new CliException(
        near.isEmpty()
            ? failure.withHints("see: pawl models")
            : failure.withHints("did you mean: " + String.join(", ", near) + "?"));
  }

  private List<String> alike(ModelRegistry registry) {
    String kind = kind(type);
    return registry.types().stream()
        .filter(known -> known.contains(kind) || kind.contains(kind(known)))
        .sorted(Comparator.comparingInt(String::length))
        .limit(3)
        .toList();
  }

  private static String kind(String type) {
    return type.substring(type.indexOf('/') + 1);
  }

  private static Map<String, @Nullable Object> json(ModelDescriptor model) {
    return Json.object(
        "type", model.type(),
        "description", Json.orNull(model.description()),
        "connection", model.connection(),
        "methods", model.methods().stream().map(ModelsShowCommand::json).toList());
  }

  private static Map<String, @Nullable Object> json(MethodDescriptor method) {
    return Json.object(
        "name", method.name(),
        "kind", method.kind().name(),
        "description", Json.orNull(method.description()),
        "idempotent", method.has(Trait.IDEMPOTENT),
        "outputSpec", Json.orNull(method.outputSpec()),
        "arguments", new Json.Raw(method.argumentsSchema().toString()),
        "output", new Json.Raw(method.outputSchema().toString()));
  }

  private static List<String> lines(ModelDescriptor model) {
    List<String> lines = new ArrayList<>();
    lines.add(model.type() + (model.description().isEmpty() ? "" : ": " + model.description()));
    for (MethodDescriptor method : model.methods()) {
      lines.add("");
      lines.add(
          method.name() + (method.description().isEmpty() ? "" : ": " + method.description()));
      lines.addAll(arguments(method));
    }
    return lines;
  }

  private static List<String> arguments(MethodDescriptor method) {
    List<String> lines = new ArrayList<>();
    List<String> required = new ArrayList<>();
    method.argumentsSchema().path("required").forEach(name -> required.add(name.asText()));
    method
        .argumentsSchema()
        .path("properties")
        .properties()
        .forEach(
            property ->
                lines.add(
                    "  %-28s %s%s"
                        .formatted(
                            property.getKey(),
                            property.getValue().path("type").asText(""),
                            required.contains(property.getKey()) ? ", required" : "")));
    return lines;
  }
}
