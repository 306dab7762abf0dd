package dev.pawl.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A {@link NoOpApi}, and the model of its document. */
final class NoOpApiProcess implements AutoCloseable {
  private final Process process;
  private final int port;

  private NoOpApiProcess(Process process) throws IOException {
    this.process = process;
    String said = process.inputReader().readLine();
    if (said == null || !said.startsWith("port=")) {
      throw new IOException("the API said " + said);
    }
    this.port = Integer.parseInt(said.substring("port=".length()));
  }

  static NoOpApiProcess start() throws IOException {
    return new NoOpApiProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                NoOpApi.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  long pid() {
    return process.pid();
  }

  /**
   * What a server needs to call it.
   *
   * @param home where the model goes
   */
  List<String> serverOptions(Path checkout, Path home) throws IOException, InterruptedException {
    Path document = home.resolve("noop.yaml");
    try (InputStream text = NoOpApi.class.getResourceAsStream("noop.yaml")) {
      if (text == null) {
        throw new IOException("noop.yaml is not on the class path");
      }
      Files.copy(text, document);
    }
    Path models = Files.createDirectory(home.resolve("models"));
    PawlServer.run(
        checkout,
        List.of(
            "codegen",
            document.toString(),
            "--name",
            "noop",
            "--jar",
            models.resolve("noop.jar").toString()));
    return List.of(
        "--models-dir", models.toString(), "--connection", "noop=http://127.0.0.1:" + port);
  }

  /** It ends with its standard input. */
  @Override
  public void close() throws IOException, InterruptedException {
    process.getOutputStream().close();
    process.waitFor();
  }
}
