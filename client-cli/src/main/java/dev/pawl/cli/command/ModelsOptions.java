package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.server.models.LoadModels;
import dev.pawl.server.models.LoadModels.ModelsException;
import dev.pawl.server.models.ModelRegistry;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which models a command knows that asks no server. */
final class ModelsOptions {
  @Option(
      names = "--models-dir",
      paramLabel = "DIR",
      order = 10,
      description = "Jars with more models; a type found here replaces the built-in one.")
  @Nullable Path modelsDir;

  ModelRegistry load() {
    try {
      return LoadModels.run(modelsDir);
    } catch (ModelsException e) {
      throw new CliException(
          Failure.of("INVALID_ARGUMENT", "MODELS", String.valueOf(e.getMessage())), e);
    }
  }
}
