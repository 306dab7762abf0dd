package dev.pawl.cli.hosting;

import dev.pawl.model.http.ConnectionSettings;

/** A sandbox that runs in this process. */
public interface HostedSandbox extends AutoCloseable {

  /** How to reach it, with an account of its own. */
  ConnectionSettings connection();

  @Override
  void close();
}
