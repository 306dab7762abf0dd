package dev.pawl.postgres;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;

/** The superuser's password, kept in a file only its owner reads. */
final class Password {
  private Password() {}

  /** A new random password, kept in {@code file}. */
  static String create(Path file) throws IOException {
    byte[] random = new byte[24];
    new SecureRandom().nextBytes(random);
    String password = HexFormat.of().formatHex(random);
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(temporary, password + "\n", StandardCharsets.US_ASCII);
    Durable.sync(temporary);
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    return password;
  }

  /** The password kept in {@code file}. */
  static String read(Path file) throws IOException {
    if (!Files.exists(file)) {
      throw new PostgresException(
          "The password file "
              + file
              + " is missing beside its database: put it back, or move pgdata away to begin anew.");
    }
    return Files.readString(file, StandardCharsets.US_ASCII).strip();
  }
}
