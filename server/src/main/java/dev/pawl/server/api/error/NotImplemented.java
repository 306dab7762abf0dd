package dev.pawl.server.api.error;

/** The wire promises a call or an option that this version of the server does not offer yet. */
public final class NotImplemented extends RuntimeException {
  private static final long serialVersionUID = 1;

  /**
   * @param what the call or option, as {@code ArchiveRun}
   * @param instead what to do until then, a clause without a full stop
   */
  public NotImplemented(String what, String instead) {
    super(what + " is not offered by this version of the server; " + instead);
  }
}
