package dev.pawl.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * The database's files, and the programs that work on them.
 *
 * <p>Every program runs <em>in</em> the cluster's directory and names it {@code /proc/self/cwd}:
 * the JVM enters it before privileges are dropped, and that link needs no rights on the directories
 * above, so a data directory under {@code /root} works for uid 65534 too. See ADR 0004.
 */
record Cluster(DataDirectory data, Binaries binaries, Privileges privileges) {
  static final String USER = "postgres";
  private static final String HERE = "/proc/self/cwd";

  /** Makes the cluster if there is none, else checks that these programs can use it. */
  String prepare() throws IOException {
    String password;
    if (Files.exists(data.cluster())) {
      password = Password.read(data.passwordFile());
      checkVersion();
    } else {
      password = Password.create(data.passwordFile());
      initialise();
    }
    privileges.own(data.cluster());
    return password;
  }

  /** The words that run a program on this cluster, to be run in {@link #directory()}. */
  List<String> command(String program, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(binaries.program(program), "-D", HERE));
    words.addAll(arguments);
    return privileges.command(words);
  }

  Path directory() {
    return data.cluster();
  }

  PostmasterPid pidFile() {
    return PostmasterPid.of(data.cluster());
  }

  /** Disconnects everyone and stops the server, within {@code seconds}; true when it did. */
  boolean stop(long seconds) {
    return Command.run(
            directory(),
            command("pg_ctl", List.of("stop", "-m", "fast", "-w", "-t", Long.toString(seconds))))
        .ok();
  }

  private void initialise() throws IOException {
    Path fresh = data.newCluster();
    Trees.delete(fresh);
    Files.createDirectory(
        fresh, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    privileges.own(fresh);
    Path password = readableCopy(data.passwordFile());
    try {
      Command.Result result = Command.run(fresh, password, initdb());
      if (!result.ok()) {
        throw new PostgresException(
            "A database can't be made in " + fresh + ": initdb says: " + result.lastLine());
      }
    } finally {
      Files.deleteIfExists(password);
    }
    Files.move(fresh, data.cluster(), StandardCopyOption.ATOMIC_MOVE);
    Durable.sync(data.path());
  }

  private List<String> initdb() {
    return command(
        "initdb",
        List.of(
            "--username=" + USER,
            "--auth=scram-sha-256",
            "--pwfile=/dev/stdin",
            "--encoding=UTF8",
            "--locale=C",
            "--no-instructions"));
  }

  /** A copy that initdb's user may open: it opens its standard input anew, by name. */
  private Path readableCopy(Path file) throws IOException {
    Path copy = file.resolveSibling(file.getFileName() + ".initdb");
    Files.deleteIfExists(copy);
    Files.createFile(
        copy, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(copy, Files.readAllBytes(file));
    privileges.own(copy);
    return copy;
  }

  private void checkVersion() throws IOException {
    Path file = data.cluster().resolve("PG_VERSION");
    String found = Files.exists(file) ? Files.readString(file).strip() : "none";
    if (!found.equals(binaries.majorVersion())) {
      throw new PostgresException(
          "The database in "
              + data.cluster()
              + " was made by PostgreSQL "
              + found
              + ", but this Pawl brings PostgreSQL "
              + binaries.majorVersion()
              + ": move it with pg_dump and pg_restore, or give another --data-dir.");
    }
  }
}
