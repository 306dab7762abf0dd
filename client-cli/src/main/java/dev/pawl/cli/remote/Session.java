package dev.pawl.cli.remote;

import io.grpc.Channel;

/** A server to talk to, for as long as one command lasts. */
public interface Session extends AutoCloseable {

  Channel channel();

  /** How messages name the server. */
  String description();

  /**
   * Called when a call found the server gone. Brings up a new channel: to an embedded server that
   * may have to be started again, or to the same address.
   *
   * @throws dev.pawl.cli.failure.CliException when there is no way back
   */
  void reconnect();

  @Override
  void close();
}
