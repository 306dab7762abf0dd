package dev.pawl.cli.command;

import dev.pawl.cli.Surroundings;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.ExitCode;
import dev.pawl.cli.hosting.HostedSandbox;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.SandboxSettings.Credentials;
import dev.pawl.cli.output.Json;
import dev.pawl.cli.output.Output;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "sandbox",
    description =
        "Simulates an API from its OpenAPI document and remembers what is made. Runs until"
            + " stopped.",
    footer = {
      "",
      "What it saw and made: GET /_sandbox/requests, GET /_sandbox/resources.",
      "Faults on purpose: POST and DELETE /_sandbox/faults.",
      "",
      "Examples:",
      "  pawl sandbox digitalocean --port 8080",
      "  pawl sandbox path/to/openapi.yaml --data-dir ./state --ready-after 5s"
    })
final class SandboxCommand extends BaseCommand {
  private static final int MAX_PORT = 65535;

  @Parameters(
      paramLabel = "NAME|SPEC",
      description = "An API this build has models of, or the path of an OpenAPI document.")
  String document = "";

  @Option(
      names = "--port",
      paramLabel = "P",
      order = 10,
      description = "The port on 127.0.0.1; 0 takes any free one. Default: 0.")
  int port;

  @Option(
      names = "--data-dir",
      paramLabel = "D",
      order = 11,
      description = "Keeps what was made here, across restarts. Default: it is forgotten.")
  @Nullable Path dataDir;

  @Option(
      names = "--require-auth",
      order = 12,
      description = "Refuses requests without the documented credential.")
  boolean requireAuth;

  @Option(
      names = "--ready-after",
      paramLabel = "5s",
      order = 13,
      converter = DurationConverter.class,
      description = "How long status fields show that a thing isn't ready. Default: 0s.")
  Duration readyAfter = Duration.ZERO;

  SandboxCommand(Surroundings surroundings) {
    super(surroundings);
  }

  @Override
  ExitCode execute(Output output) throws Exception {
    Logging.verbose();
    HostedSandbox sandbox = surroundings().servers().startSandbox(settings());
    Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "stop-sandbox"));
    String name = sandbox.connection().name();
    String url = sandbox.connection().baseUrl();
    output.answer(
        Json.object(
            "name",
            name,
            "url",
            url,
            "account",
            sandbox.connection().account(),
            "pid",
            ProcessHandle.current().pid()),
        List.of(
            "the sandbox of %s listens on %s".formatted(name, url),
            "use it with: pawl server --connection %s=%s".formatted(name, url)));
    new CountDownLatch(1).await();
    return ExitCode.OK;
  }

  private SandboxSettings settings() {
    if (port < 0 || port > MAX_PORT) {
      throw CliException.usage("--port must be 0 to 65535, not " + port);
    }
    return new SandboxSettings(
        document,
        port,
        Optional.ofNullable(dataDir).map(Path::toAbsolutePath),
        requireAuth ? Credentials.REQUIRED : Credentials.NOT_CHECKED,
        readyAfter);
  }
}
