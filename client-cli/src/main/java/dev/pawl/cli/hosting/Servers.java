package dev.pawl.cli.hosting;

import dev.pawl.server.config.ServerOptions;
import java.io.IOException;

/** Starts servers and sandboxes in this process: the command line's only door to their modules. */
public interface Servers {

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws dev.pawl.cli.failure.CliException in one sentence: port taken, data directory locked, …
   */
  HostedServer start(ServerOptions options) throws IOException, InterruptedException;

  /**
   * Starts a sandbox; it answers when this returns.
   *
   * @throws dev.pawl.cli.failure.CliException in one sentence: no such document, port taken, …
   */
  HostedSandbox startSandbox(SandboxSettings settings);

  static Servers ofThisBuild() {
    return new PawlServers();
  }
}
