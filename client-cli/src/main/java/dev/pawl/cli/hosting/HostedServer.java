package dev.pawl.cli.hosting;

import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import java.util.Collection;

/** A server that runs in this process. */
public interface HostedServer extends AutoCloseable {

  HostPort address();

  /** The id that {@code pawl data rebuild} takes after a loss of the database. */
  String installationId();

  /** Whether no run is queued, running or waiting to go on by itself. */
  boolean isIdle();

  /** Adds a connection, or replaces the one of that name, for steps that start from now on. */
  void connect(ConnectionSettings connection);

  /** Lets steps start these programs, from now on. */
  void allowCommands(Collection<String> names);

  void awaitTermination() throws InterruptedException;

  /** Stops the server and its database; returns when both are gone. */
  @Override
  void close();
}
