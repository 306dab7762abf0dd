package dev.pawl.campaign.process;

/** The end of a process: nothing that is written in a handler or at the end of a block happens. */
final class Death extends Error {
  private static final long serialVersionUID = 1;

  Death() {
    super("killed", null, false, false);
  }
}
