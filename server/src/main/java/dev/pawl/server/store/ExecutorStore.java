package dev.pawl.server.store;

/** Which server processes are alive, by their heartbeats on the database's clock. */
public interface ExecutorStore {

  /** Registers a new executor. */
  void register(String executorId, String address);

  /**
   * Says that it is alive.
   *
   * @return false when it is no longer registered: it was taken for dead and must stop
   */
  boolean heartbeat(String executorId);

  /** Removes an executor; its runs are then abandoned at once. */
  void remove(String executorId);

  /**
   * Removes every other executor. Only for a database that no other process can be using.
   *
   * @return how many there were
   */
  int removeOthers(String executorId);
}
