package dev.pawl.cli.embedded;

import static java.util.Objects.requireNonNull;

import dev.pawl.cli.remote.HostPort;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * Where a data directory's server is, as written in the directory itself: the address alone on the
 * first line, for scripts; then what the command line needs.
 *
 * @param address where pawl.v1 is served
 * @param pid the server's process
 * @param control where an embedded server takes what other commands ask of it; none for one that
 *     was started by {@code pawl server}
 * @param secret shown to the control by whoever can read this file
 */
record ServerFile(HostPort address, long pid, Optional<HostPort> control, String secret) {
  private static final String NAME = "server.address";

  ServerFile {
    requireNonNull(address, "address");
    requireNonNull(control, "control");
    requireNonNull(secret, "secret");
  }

  /** None if there is no file, or none that this build can read. */
  static Optional<ServerFile> read(Path dataDir) throws IOException {
    try {
      List<String> lines = Files.readAllLines(dataDir.resolve(NAME));
      return Optional.of(
          new ServerFile(
              HostPort.parse(lines.get(0)),
              Long.parseLong(value(lines, "pid")),
              Optional.of(value(lines, "control")).filter(c -> !c.isEmpty()).map(HostPort::parse),
              value(lines, "secret")));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (FileSystemException e) {
      throw Unusable.dataDirectory(dataDir, e);
    } catch (RuntimeException e) {
      // Not ours or half of it: whoever starts a server will write it anew.
      return Optional.empty();
    }
  }

  /** Written whole or not at all, and for its owner alone. */
  void write(Path dataDir) throws IOException {
    Path fresh = dataDir.resolve(NAME + ".new");
    Files.deleteIfExists(fresh);
    Files.createFile(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(
        fresh,
        List.of(
            address.toString(),
            "pid=" + pid,
            "control=" + control.map(HostPort::toString).orElse(""),
            "secret=" + secret));
    Files.move(
        fresh,
        dataDir.resolve(NAME),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static void delete(Path dataDir) throws IOException {
    Files.deleteIfExists(dataDir.resolve(NAME));
  }

  private static String value(List<String> lines, String key) {
    return lines.stream()
        .filter(line -> line.startsWith(key + "="))
        .map(line -> line.substring(key.length() + 1))
        .findFirst()
        .orElse("");
  }
}
