package dev.pawl.server.models;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.Settings;
import java.util.Collection;

/** What this server allows models to do; may grow while it runs, never shrink. */
public final class Permissions {
  private volatile Settings settings;

  public Permissions(Settings initial) {
    this.settings = requireNonNull(initial);
  }

  /**
   * Allows these programs too, for calls from now on.
   *
   * @throws IllegalArgumentException naming what is no name of a program
   */
  public synchronized void allowCommands(Collection<String> names) {
    settings = settings.withCommands(names);
  }

  Settings settings() {
    return settings;
  }
}
