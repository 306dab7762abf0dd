package dev.pawl.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A JVM of its own that holds an embedded PostgreSQL until it is killed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;

  private ChildJvm(Process process) {
    this.process = process;
    this.out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  static ChildJvm start(Path dataDir, Unprivileged how) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            ChildJvm.class.getName(),
            dataDir.toString(),
            how.name());
    return new ChildJvm(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  /** Waits until the child's PostgreSQL is ready. */
  long postgresPid() throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new AssertionError("the child JVM ended before its PostgreSQL was ready");
    }
    return Long.parseLong(line);
  }

  long pid() {
    return process.pid();
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public void close() {
    kill();
  }

  /** The child: prints the postmaster's pid, then lives until its parent's pipe closes. */
  public static void main(String[] args) throws IOException {
    PostgresOptions options =
        PostgresOptions.in(Path.of(args[0])).withUnprivileged(Unprivileged.valueOf(args[1]));
    try (EmbeddedPostgres pg = EmbeddedPostgres.start(options)) {
      System.out.println(pg.pid());
      while (System.in.read() >= 0) {
        continue;
      }
    }
  }
}
