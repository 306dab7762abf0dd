package dev.pawl.cli.e2e;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** Programs that run unprivileged, with one folder for all that they keep. */
final class HaProcesses implements AutoCloseable {
  private static final long SOON_SECONDS = 15;
  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 1000) * 10);

  private final Path folder;
  private final Map<String, Process> running = new LinkedHashMap<>();

  HaProcesses() throws Exception {
    String given = System.getProperty("pawl.ha.folder");
    folder =
        given == null
            ? Files.createTempDirectory("pawl-ha")
            : Files.createTempDirectory(Path.of(given), "cluster");
    command("chmod", "0755", folder.toString());
    if (isRoot()) {
      command("chown", "postgres", folder.toString());
    }
  }

  Path folder() {
    return folder;
  }

  static String postgresPrograms() {
    return System.getProperty("pawl.ha.postgres", "/usr/lib/postgresql/15/bin");
  }

  /** Starts a program, as {@code postgres} where this is root; what it says is kept. */
  void start(String name, String... line) throws IOException {
    List<String> whole = new ArrayList<>();
    if (isRoot()) {
      whole.addAll(
          List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", "--"));
    }
    whole.addAll(List.of(line));
    ProcessBuilder builder =
        new ProcessBuilder(whole)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()));
    // Patroni is the system's own: a Python of the developer's has not its libraries.
    builder.environment().put("PATH", "/usr/sbin:/usr/bin:/sbin:/bin");
    builder.environment().put("HOME", folder.toString());
    running.put(name, builder.start());
  }

  /**
   * A port that nothing listens on, below those that the kernel gives to connections: it may be
   * needed again after its owner was killed.
   */
  static int freePort() throws IOException {
    while (true) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (BindException e) {
        // Somebody has it.
      }
    }
  }

  long pid(String name) {
    return requireNonNull(running.get(name)).pid();
  }

  /** All in one call, since the first may tell the others. */
  static void signal(String name, List<Long> pids) throws Exception {
    List<String> line = new ArrayList<>(List.of("kill", "-" + name));
    pids.forEach(pid -> line.add(Long.toString(pid)));
    // One of them may have ended by itself.
    new ProcessBuilder(line).redirectErrorStream(true).start().waitFor();
  }

  private static boolean isRoot() {
    return System.getProperty("user.name").equals("root");
  }

  private static void command(String... line) throws Exception {
    int rc = new ProcessBuilder(line).inheritIO().start().waitFor();
    if (rc != 0) {
      throw new AssertionError(String.join(" ", line) + " ended with " + rc);
    }
  }

  /** Ends them, the last started first, and keeps what they said in {@code target/ha-logs}. */
  @Override
  public void close() throws Exception {
    for (String name : new ArrayList<>(running.keySet()).reversed()) {
      Process process = requireNonNull(running.get(name));
      process.destroy();
      if (!process.waitFor(SOON_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    }
    Path logs = Files.createDirectories(Path.of("target/ha-logs"));
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".log")).toList()) {
        Files.copy(file, logs.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    killLeftovers();
    command("rm", "-rf", folder.toString());
  }

  /** A postmaster outlives a Patroni that was killed. */
  private void killLeftovers() throws Exception {
    List<Long> left =
        ProcessHandle.allProcesses()
            .filter(p -> p.info().commandLine().orElse("").contains(" -D " + folder + "/"))
            .flatMap(p -> Stream.concat(Stream.of(p), p.descendants()))
            .map(ProcessHandle::pid)
            .toList();
    if (!left.isEmpty()) {
      signal("KILL", left);
    }
  }
}
