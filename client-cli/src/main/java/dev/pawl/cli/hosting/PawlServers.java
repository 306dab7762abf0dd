package dev.pawl.cli.hosting;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import java.nio.file.Path;

/** The servers of this build: the one class that knows the server's and the sandbox's own types. */
final class PawlServers implements Servers {

  @Override
  public HostedServer start(ServerSettings settings) {
    throw new CliException(
        Failure.of("UNIMPLEMENTED", "NOT_IMPLEMENTED", "this build has no server"));
  }

  @Override
  public HostedSandbox startSandbox(String document, Path dataDir) {
    throw new CliException(
        Failure.of("UNIMPLEMENTED", "NOT_IMPLEMENTED", "this build has no sandbox"));
  }
}
