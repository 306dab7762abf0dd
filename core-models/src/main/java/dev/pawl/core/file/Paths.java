package dev.pawl.core.file;

import dev.pawl.model.Workspace;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How files are named and known in outputs. */
final class Paths {
  private Paths() {}

  /** Relative to the workspace, with {@code /}. */
  static String shown(Workspace workspace, Path file) {
    return workspace.root().relativize(file).toString().replace('\\', '/');
  }

  static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
