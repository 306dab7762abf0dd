package dev.pawl.postgres;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The server process, a direct child that the kernel interrupts when this JVM ends. */
final class Postmaster {
  /**
   * Closes the gap in which the JVM could end before its death is being watched: the shell, started
   * after the watch, goes on only if its parent is still this JVM.
   */
  private static final String IF_PARENT_LIVES = "[ \"$PPID\" = \"$0\" ] && exec \"$@\"";

  private final Process process;
  private final int port;

  private Postmaster(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static Postmaster spawn(Cluster cluster, int port, int maxConnections) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(words(cluster, port, maxConnections))
            .directory(cluster.directory().toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(cluster.data().log().toFile()))
            .redirectInput(new File("/dev/null"));
    builder.environment().put("LC_ALL", "C");
    return new Postmaster(spawnFromLastingThread(builder), port);
  }

  /**
   * The kernel's parent-death signal comes when the <em>thread</em> that forked ends, so that
   * thread then waits for the process.
   */
  private static Process spawnFromLastingThread(ProcessBuilder builder) throws IOException {
    CompletableFuture<Process> spawned = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("postgres-supervisor")
        .daemon()
        .start(
            () -> {
              try {
                Process process = builder.start();
                spawned.complete(process);
                waitForEnd(process);
              } catch (IOException e) {
                spawned.completeExceptionally(e);
              }
            });
    try {
      return spawned.join();
    } catch (CompletionException e) {
      throw new IOException(e.getCause());
    }
  }

  private static void waitForEnd(Process process) {
    while (process.isAlive()) {
      try {
        process.waitFor();
      } catch (InterruptedException e) {
        continue; // ending early would stop the database
      }
    }
  }

  private static List<String> words(Cluster cluster, int port, int maxConnections) {
    List<String> settings =
        List.of(
            "listen_addresses=127.0.0.1",
            "unix_socket_directories=",
            "max_connections=" + maxConnections,
            "shared_buffers=64MB",
            "fsync=on",
            "synchronous_commit=on",
            "full_page_writes=on",
            "password_encryption=scram-sha-256",
            "logging_collector=off",
            "log_destination=stderr",
            "cluster_name=pawl");
    List<String> arguments = new ArrayList<>(List.of("-p", Integer.toString(port)));
    settings.forEach(setting -> arguments.addAll(List.of("-c", setting)));
    List<String> program = cluster.command("postgres", arguments);
    int drop = cluster.privileges().prefix().size();
    List<String> words = new ArrayList<>(program.subList(0, drop));
    words.addAll(List.of("setpriv", "--pdeathsig", "INT", "/bin/sh", "-c", IF_PARENT_LIVES));
    words.add(Long.toString(ProcessHandle.current().pid()));
    words.addAll(program.subList(drop, program.size()));
    return words;
  }

  Process process() {
    return process;
  }

  int port() {
    return port;
  }

  /** The last complaint in the log, or an empty text. */
  static String complaint(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      for (int i = lines.size() - 1; i >= 0; i--) {
        for (String level : List.of("FATAL:", "PANIC:", "ERROR:", "setpriv:", "unshare:")) {
          int at = lines.get(i).indexOf(level);
          if (at >= 0) {
            return lines.get(i).substring(at).strip();
          }
        }
      }
      return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "";
    }
  }
}
