package dev.pawl.server.store;

import java.time.Duration;

/** What ended runs have left behind, and how it goes. */
public interface HistoryStore {

  /**
   * Makes room for the history to come, where it is kept in pieces by time.
   *
   * @param width of the pieces that are made now
   */
  void prepare(Duration width);

  /**
   * Removes runs that ended longer ago than this, and whose parent is removed: all that is of them
   * but their history, the resources they made and the audit. Their keys become tombstones.
   *
   * @param limit at most so many
   * @return how many there were
   */
  int remove(Duration retention, int limit);

  /**
   * Lets the history go whose runs are all removed, in whole pieces of time.
   *
   * @return how many pieces there were
   */
  int drop(Duration retention);

  /**
   * Removes definitions that were found unused a day ago or longer, and marks those that are now.
   *
   * @return how many there were
   */
  int removeDefinitions();
}
