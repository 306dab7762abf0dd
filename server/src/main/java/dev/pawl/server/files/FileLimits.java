package dev.pawl.server.files;

/**
 * How much a run may keep.
 *
 * @param bytes of all files together; default {@link #BYTES}
 * @param entries files, folders and links together; default {@link #ENTRIES}
 */
public record FileLimits(long bytes, int entries) {
  public static final long BYTES = 256L << 20;
  public static final int ENTRIES = 10_000;
  public static final FileLimits DEFAULT = new FileLimits(BYTES, ENTRIES);

  public FileLimits {
    if (bytes < 0 || entries < 0) {
      throw new IllegalArgumentException("a limit is not negative: " + bytes + ", " + entries);
    }
  }
}
