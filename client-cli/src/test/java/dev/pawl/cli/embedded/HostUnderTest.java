package dev.pawl.cli.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The embedded server's process with a fake server: a line in {@code starts} for each start. */
final class HostUnderTest {
  private HostUnderTest() {}

  /** Called as {@code embedded-server --data-dir DIR}. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path dataDir = Path.of(args[2]);
    if (Files.exists(dataDir.resolve("broken"))) {
      System.err.println("some noise");
      System.err.println("error: the database is older than PostgreSQL 15");
      System.err.println("more noise");
      System.exit(1);
    }
    Files.writeString(
        starts(dataDir),
        ProcessHandle.current().pid() + "\n",
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    EmbeddedHost host = new EmbeddedHost(new FakeServers(dataDir), dataDir);
    try (GracefulStop stop = new GracefulStop()) {
      stop.by(host::stop);
      host.run();
    }
    System.exit(0);
  }

  static Path starts(Path dataDir) {
    return dataDir.resolve("starts");
  }

  static ServerProcess process() {
    return new ServerProcess.BackgroundCommand(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-cp",
        System.getProperty("java.class.path"),
        HostUnderTest.class.getName());
  }
}
