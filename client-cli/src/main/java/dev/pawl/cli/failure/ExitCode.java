package dev.pawl.cli.failure;

/** What a command's end means to a script. */
public enum ExitCode {
  OK(0),
  /** The run or the call failed. */
  FAILED(1),
  /** The command or a file given to it is wrong; nothing was started. */
  USAGE(2),
  /** An outcome isn't known and somebody must decide; beats FAILED. */
  IN_DOUBT(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  public int code() {
    return code;
  }
}
