package dev.pawl.server.files;

import dev.pawl.server.store.WorkspaceStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file read piece by piece, so that one piece at a time is in memory. */
final class Pieces implements AutoCloseable {
  private final InputStream in;

  /** Opens a file that is no symbolic link. */
  Pieces(Path file) throws IOException {
    this.in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** The next piece; empty at the end. */
  byte[] next() throws IOException {
    return in.readNBytes(WorkspaceStore.PIECE);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** In lower-case hex. */
  static String hash(byte[] piece) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(piece));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
