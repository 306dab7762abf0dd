package dev.pawl.cli.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** The command {@code pawl} of this build, each call a process of its own. */
final class Pawl {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final ConcurrentLinkedQueue<RunningCommand> started = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<DataDirectory> directories = new ConcurrentLinkedQueue<>();

  /**
   * @param home what the commands print is kept here, and data directories are made here
   */
  Pawl(Path home) {
    this.home = home;
    // A command that forgets --data-dir must not find the developer's own.
    environment.put("PAWL_DATA_DIR", home.resolve("default-data").toString());
  }

  /** Sets a variable for the commands that start from now on. */
  void setEnvironment(String variable, String value) {
    environment.put(variable, value);
  }

  /** Starts a command and returns. */
  RunningCommand start(String... arguments) throws IOException {
    List<String> line = new ArrayList<>();
    line.add(BuiltPawl.launcher());
    line.addAll(List.of(arguments));
    Path out = Files.createTempFile(home, arguments[0] + "-", ".out");
    Path err = Files.createTempFile(home, arguments[0] + "-", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("PAWL_"));
    builder.environment().putAll(environment);
    RunningCommand command =
        new RunningCommand(String.join(" ", arguments), builder.start(), out, err);
    started.add(command);
    return command;
  }

  /** Runs a command to its end. */
  Finished run(String... arguments) throws Exception {
    return start(arguments).finish();
  }

  /** Runs a command to its end; the answer is a run's document. */
  RunAnswer runDocument(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("-o", "json"));
    return RunAnswer.of(run(line.toArray(String[]::new)));
  }

  /**
   * A data directory that is left alone only when its server and database have ended. It is as the
   * first start of a server leaves it.
   */
  DataDirectory dataDirectory(String name) throws IOException {
    DataDirectory directory = emptyDirectory(name);
    BuiltPawl.copyData(directory.path());
    return directory;
  }

  /** The same for a server that is to make its own database, or needs none. */
  DataDirectory emptyDirectory(String name) throws IOException {
    DataDirectory directory = new DataDirectory(Files.createDirectories(home.resolve(name)));
    directories.add(directory);
    return directory;
  }

  /** Starts a server and waits until it is ready. */
  PawlServerProcess server(DataDirectory data, String... more) throws Exception {
    List<String> line =
        new ArrayList<>(List.of("server", "--data-dir", data.path().toString(), "-o", "json"));
    line.addAll(List.of(more));
    RunningCommand command = start(line.toArray(String[]::new));
    return new PawlServerProcess(command, command.firstAnswer().path("address").asText());
  }

  /** Starts a sandbox of DigitalOcean and waits until it is ready. */
  SandboxProcess sandbox(String... more) throws Exception {
    List<String> line = new ArrayList<>(List.of("sandbox", "digitalocean", "-o", "json"));
    line.addAll(List.of(more));
    return new SandboxProcess(
        start(line.toArray(String[]::new)).firstAnswer().path("url").asText());
  }

  /** Kills what still runs, and waits for what ends by itself. */
  void end() throws Exception {
    for (RunningCommand command : started) {
      command.kill();
    }
    for (DataDirectory directory : directories) {
      directory.awaitEnd();
    }
  }
}
