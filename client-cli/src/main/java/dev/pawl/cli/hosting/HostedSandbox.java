package dev.pawl.cli.hosting;

/** A sandbox that runs in this process. */
public interface HostedSandbox extends AutoCloseable {

  /** How to reach it, with an account of its own. */
  ApiConnection connection();

  @Override
  void close();
}
