package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import dev.pawl.cli.output.OutputFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands share: an output in one of two formats, and help. */
@Command(
    mixinStandardHelpOptions = true,
    versionProvider = PawlCommand.Version.class,
    sortOptions = false,
    showDefaultValues = false)
abstract class BaseCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "text|json",
      order = 100,
      description = "How to answer; json is one document on stdout. Default: text.")
  OutputFormat format = OutputFormat.TEXT;

  BaseCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public final Integer call() throws Exception {
    return execute(new Output(surroundings, format)).code();
  }

  abstract ExitCode execute(Output output) throws Exception;

  final Surroundings surroundings() {
    return surroundings;
  }
}
