package dev.pawl.cli.embedded;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Starts the embedded server's process: in the background, out of the reach of Ctrl-C. */
public interface ServerProcess {

  /** Starts a process that runs {@link EmbeddedHost} on the directory and logs to the file. */
  Process start(Path dataDir, Path log) throws IOException;

  /** By the launcher that started this process; without one (tests) by this process's own JVM. */
  static ServerProcess ofThisBuild() {
    String launcher = System.getProperty("pawl.launcher");
    return launcher == null
        ? new BackgroundCommand(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            "dev.pawl.cli.Main")
        : new BackgroundCommand(launcher);
  }

  /** Runs a command line with {@code embedded-server --data-dir DIR} added. */
  final class BackgroundCommand implements ServerProcess {
    private final java.util.List<String> command;

    BackgroundCommand(String... command) {
      this.command = java.util.List.of(command);
    }

    @Override
    public Process start(Path dataDir, Path log) throws IOException {
      var line = new java.util.ArrayList<String>();
      // A session of its own keeps the terminal's signals away; where there is no setsid, a JVM
      // that is born with the signals ignored leaves them so.
      if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
        line.add("/usr/bin/setsid");
      } else {
        line.addAll(java.util.List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "sh"));
      }
      line.addAll(command);
      line.addAll(java.util.List.of("embedded-server", "--data-dir", dataDir.toString()));
      ProcessBuilder builder =
          new ProcessBuilder(line)
              .directory(dataDir.toFile())
              .redirectInput(new File("/dev/null"))
              .redirectOutput(log.toFile())
              .redirectErrorStream(true);
      // It must be the build that this command is of.
      builder.environment().put("PAWL_NO_BUILD", "1");
      return builder.start();
    }
  }
}
