package dev.pawl.server.store.postgres;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The key that requests are sealed with. Losing it leaves creates in doubt to people. */
final class IntentKey {
  private static final int BYTES = 32;
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private IntentKey() {}

  static byte[] in(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return decode(Files.readString(file), file.toString());
    } catch (IOException | IllegalArgumentException e) {
      throw new IllegalStateException(
          "The intent key in " + file + " can't be used: " + e.getMessage() + ".", e);
    }
  }

  static byte[] decode(String base64, String where) {
    byte[] key;
    try {
      key = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(where + " is not Base64", e);
    }
    if (key.length != BYTES) {
      throw new IllegalArgumentException(
          where + " has " + key.length + " bytes; a key has " + BYTES);
    }
    return key;
  }

  /** Under a name of its own first: a crash leaves either no key or a whole one. */
  private static void make(Path file) throws IOException {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    String text = Base64.getEncoder().encodeToString(key) + "\n";
    Path directory = file.toAbsolutePath().getParent();
    Path made = Files.createTempFile(directory, file.getFileName() + ".", "", OWNER_ONLY);
    try {
      try (FileChannel out = FileChannel.open(made, StandardOpenOption.WRITE)) {
        out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
        out.force(true);
      }
      Files.createLink(file, made);
      try (FileChannel entry = FileChannel.open(directory)) {
        entry.force(true);
      }
    } catch (FileAlreadyExistsException e) {
      // Another server of this directory was faster; its key is the key.
    } finally {
      Files.delete(made);
    }
  }
}
