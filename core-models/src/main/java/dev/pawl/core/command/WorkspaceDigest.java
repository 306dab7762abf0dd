package dev.pawl.core.command;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.pawl.core.Refused;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/** One hash over names, modes and contents of all files in a folder. */
final class WorkspaceDigest {
  private WorkspaceDigest() {}

  static String of(Path root) throws MethodException {
    try (Stream<Path> found = Files.walk(root)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      List<Path> sorted = found.filter(p -> !p.equals(root)).sorted().toList();
      for (Path each : sorted) {
        add(digest, root.relativize(each).toString());
        add(digest, each);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (IOException | java.io.UncheckedIOException e) {
      throw new MethodException(
          Refused.because(Reason.UNAVAILABLE, "the workspace cannot be read: " + e.getMessage())
              .failure(),
          MethodException.Effect.UNKNOWN,
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, Path file) throws IOException {
    if (Files.isSymbolicLink(file)) {
      add(digest, "link " + Files.readSymbolicLink(file));
    } else if (Files.isRegularFile(file, NOFOLLOW_LINKS)) {
      String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
      add(digest, "file " + mode + " " + Files.size(file));
      try (InputStream in = Files.newInputStream(file)) {
        byte[] block = new byte[1 << 16];
        for (int n = in.read(block); n >= 0; n = in.read(block)) {
          digest.update(block, 0, n);
        }
      }
    } else {
      add(digest, "other");
    }
  }

  private static void add(MessageDigest digest, String text) {
    digest.update((text + "\0").getBytes(StandardCharsets.UTF_8));
  }
}
