package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.embedded.EmbeddedHost;
import dev.pawl.cli.embedded.GracefulStop;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.output.Output;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    name = "embedded-server",
    hidden = true,
    description = "The server that other commands start for themselves.")
final class EmbeddedServerCommand extends BaseCommand {
  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "The embedded server's directory.")
  @Nullable Path dataDir;

  EmbeddedServerCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Logging.verbose();
    EmbeddedHost host =
        new EmbeddedHost(surroundings().servers(), DataDirectories.choose(dataDir, surroundings()));
    try (GracefulStop stop = new GracefulStop()) {
      stop.by(host::stop);
      host.run();
    }
    return ExitCode.OK;
  }
}
