package dev.pawl.cli.hosting;

import java.io.IOException;
import java.nio.file.Path;

/** Starts servers and sandboxes in this process: the command line's only door to their modules. */
public interface Servers {

  /**
   * Starts a server; it answers when this returns.
   *
   * @throws dev.pawl.cli.failure.CliException in one sentence: port taken, data directory locked, …
   */
  HostedServer start(ServerSettings settings) throws IOException, InterruptedException;

  /**
   * Starts a sandbox; it answers when this returns.
   *
   * @param document an API's name, or the path of its OpenAPI document
   * @param dataDir where it keeps its state
   */
  HostedSandbox startSandbox(String document, Path dataDir)
      throws IOException, InterruptedException;

  static Servers ofThisBuild() {
    return new PawlServers();
  }
}
