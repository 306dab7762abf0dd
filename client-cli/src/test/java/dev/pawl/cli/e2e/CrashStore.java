package dev.pawl.cli.e2e;

/** The PostgreSQL of Pawl's servers, at one address, which is lost under them. */
interface CrashStore extends AutoCloseable {
  /** With user and password; the same as long as this lives. */
  String url();

  /** Where connections to it can be cut. */
  CuttingProxy proxy();

  /**
   * Loses it, and returns when writes are taken again.
   *
   * @param meanwhile done when nothing that was under way can be answered any more
   */
  void lose(CrashCell.Signal how, Runnable meanwhile) throws Exception;

  /** Returns when it can be lost once more. */
  void ready() throws Exception;
}
