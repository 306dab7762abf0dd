package dev.pawl.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code pawl server} of any built checkout, in a process of its own. */
final class PawlServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("\"address\":\"([^\"]+)\"");
  private static final List<String> MODULES =
      List.of(
          "client-cli",
          "server",
          "schema",
          "postgres",
          "proto",
          "core-models",
          "generated-models",
          "model-runtime",
          "codegen",
          "sandbox",
          "conformance");

  private final Process process;
  private final String address;

  private PawlServer(Process process, String address) {
    this.process = process;
    this.address = address;
    // Whoever stops the generator stops what it measured.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /**
   * Starts and waits until it listens.
   *
   * @param checkout whose modules are compiled and whose client-cli is packaged
   * @param jvm options of the JVM
   * @param options of the server, besides its port and how it answers
   * @param log where what it logs goes
   */
  static PawlServer start(Path checkout, List<String> jvm, List<String> options, Path log)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("server", "-o", "json", "--port", "0"));
    arguments.addAll(options);
    Process process =
        new ProcessBuilder(line(checkout, jvm, arguments)).redirectError(log.toFile()).start();
    BufferedReader said = process.inputReader();
    StringBuilder all = new StringBuilder();
    for (String next; (next = said.readLine()) != null; ) {
      all.append(next).append('\n');
      Matcher found = ADDRESS.matcher(next);
      if (found.find()) {
        Thread.ofVirtual().start(() -> drain(said));
        return new PawlServer(process, found.group(1));
      }
    }
    throw new IOException("the server has ended, see " + log + "\n" + all);
  }

  /** Runs another of its commands to the end. */
  static void run(Path checkout, List<String> arguments) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(line(checkout, List.of(), arguments))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    int code = process.waitFor();
    if (code != 0) {
      throw new IOException("pawl " + String.join(" ", arguments) + " ended with " + code);
    }
  }

  private static List<String> line(Path checkout, List<String> jvm, List<String> arguments)
      throws IOException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("--enable-native-access=ALL-UNNAMED");
    line.addAll(jvm);
    line.add("-cp");
    line.add(classPath(checkout));
    line.add("dev.pawl.cli.Main");
    line.addAll(arguments);
    return line;
  }

  /** Classes before jars: whoever works on one module compiles that one alone. */
  private static String classPath(Path checkout) throws IOException {
    Path lib = checkout.resolve("client-cli/target/lib");
    if (!Files.isDirectory(lib)) {
      throw new IOException(
          lib + " is missing: package client-cli there first (mvn -pl client-cli -am package)");
    }
    try (Stream<Path> jars = Files.list(lib)) {
      return Stream.concat(
              MODULES.stream()
                  .map(module -> checkout.resolve(module).resolve("target/classes"))
                  .filter(Files::isDirectory),
              jars.sorted())
          .map(Path::toString)
          .collect(Collectors.joining(System.getProperty("path.separator")));
    }
  }

  private static void drain(BufferedReader from) {
    try {
      while (from.readLine() != null) {
        // Nobody reads it; a full pipe would stop the server.
      }
    } catch (IOException e) {
      // The server has ended.
    }
  }

  String address() {
    return address;
  }

  long pid() {
    return process.pid();
  }

  void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    process.waitFor();
  }
}
