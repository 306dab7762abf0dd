package dev.pawl.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;

/**
 * PostgreSQL's programs, unpacked once from the binaries jar.
 *
 * @param home the directory above {@code bin}
 * @param version such as {@code 17.11.0}
 */
record Binaries(Path home, String version) {

  /** The programs under {@code cache}, unpacked first when absent. */
  static Binaries in(Path cache) {
    String version = bundledVersion();
    Path home = cache.resolve("postgresql-" + version + "-" + architecture());
    if (!Files.isExecutable(home.resolve("bin/postgres"))) {
      try {
        unpack(cache, home);
      } catch (IOException e) {
        throw new PostgresException(
            "PostgreSQL can't be unpacked into "
                + home
                + " ("
                + e
                + "): make room or rights there.",
            e);
      }
    }
    return new Binaries(home, version);
  }

  String program(String name) {
    return home.resolve("bin").resolve(name).toString();
  }

  /** Fails with one sentence when the programs can't run, or can't be reached by their user. */
  void checkRunnable(Privileges privileges) {
    Command.Result result =
        Command.run(Path.of("/"), privileges.command(List.of(program("postgres"), "--version")));
    if (!result.ok()) {
      throw new PostgresException(
          "PostgreSQL's programs in "
              + home
              + " can't be run as uid "
              + privileges.uid()
              + " ("
              + result.lastLine()
              + "): every directory above must be open to it, on a file system that may execute.");
    }
  }

  String majorVersion() {
    return version.substring(0, version.indexOf('.'));
  }

  /** A temporary directory gets the name only when whole: a crash leaves nothing to trust. */
  private static void unpack(Path cache, Path home) throws IOException {
    Files.createDirectories(cache);
    sweep(cache);
    Path whole = Files.createTempDirectory(cache, ".unpacking-");
    try (InputStream txz = archive()) {
      Archive.unpack(txz, whole);
      Files.setPosixFilePermissions(whole, PosixFilePermissions.fromString("rwxr-xr-x"));
      if (Files.exists(home) && !Files.isExecutable(home.resolve("bin/postgres"))) {
        Trees.delete(home);
      }
      Files.move(whole, home);
    } catch (IOException e) {
      Trees.delete(whole);
      if (!Files.isExecutable(home.resolve("bin/postgres"))) {
        throw e;
      } // else another process was faster, with the same bytes
    }
  }

  /** Removes what crashes left; an hour is longer than any unpacking takes. */
  private static void sweep(Path cache) throws IOException {
    FileTime anHourAgo = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    try (DirectoryStream<Path> left = Files.newDirectoryStream(cache, ".unpacking-*")) {
      for (Path directory : left) {
        if (Files.getLastModifiedTime(directory).compareTo(anHourAgo) < 0) {
          Trees.delete(directory);
        }
      }
    }
  }

  private static InputStream archive() {
    String name =
        switch (architecture()) {
          case "x86_64" -> "/postgres-linux-x86_64.txz";
          default -> "/postgres-linux-arm_64.txz";
        };
    InputStream txz = Binaries.class.getResourceAsStream(name);
    if (txz == null) {
      throw new PostgresException(
          "This build of Pawl holds no "
              + name.substring(1)
              + ": build it on this kind of machine, or give a server by --database-url.");
    }
    return txz;
  }

  private static String architecture() {
    String system = System.getProperty("os.name", "");
    String arch = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
    if (system.equals("Linux") && Set.of("amd64", "x86_64").contains(arch)) {
      return "x86_64";
    }
    if (system.equals("Linux") && Set.of("aarch64", "arm64").contains(arch)) {
      return "arm_64";
    }
    throw new PostgresException(
        "The embedded PostgreSQL runs on Linux x86-64 and arm64, not on "
            + system
            + " "
            + arch
            + ": give a server by --database-url.");
  }

  private static String bundledVersion() {
    Properties properties = new Properties();
    try (InputStream in = Binaries.class.getResourceAsStream("binaries.properties")) {
      if (in == null) {
        throw new IllegalStateException("binaries.properties is missing from the class path");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new IllegalStateException("binaries.properties can't be read", e);
    }
    return properties.getProperty("version");
  }
}
