package dev.pawl.cli.command;

/** How much the libraries and the server tell on stderr. */
final class Logging {
  private Logging() {}

  /** For a process whose log somebody will read; called before anything logs. */
  static void verbose() {
    if (System.getenv("PAWL_LOG") == null) {
      System.setProperty("PAWL_LOG", "INFO");
    }
  }
}
