package dev.pawl.server.engine;

/** Told when this process can take and keep runs, and when it no longer can. */
public interface HealthListener {
  void canWork();

  /** The database can't be reached, does not answer in time, or gives no runs out. */
  void cannotWork();
}
