package dev.pawl.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.pawl.cli.hosting.Servers;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.util.Map;
import java.util.Optional;

/**
 * All that a command takes from its process, so that tests can hand it something else.
 *
 * @param out where the answer goes
 * @param err where everything else goes
 * @param environment the environment's variables
 * @param terminal what is attached to the streams
 * @param servers how to start a server in this process
 */
public record Surroundings(
    PrintWriter out,
    PrintWriter err,
    Map<String, String> environment,
    Terminal terminal,
    Servers servers) {

  public Surroundings {
    requireNonNull(out, "out");
    requireNonNull(err, "err");
    environment = Map.copyOf(environment);
    requireNonNull(terminal, "terminal");
    requireNonNull(servers, "servers");
  }

  static Surroundings ofProcess() {
    return new Surroundings(
        writer(FileDescriptor.out),
        writer(FileDescriptor.err),
        System.getenv(),
        Terminal.ofProcess(System.getenv()),
        Servers.ofThisBuild());
  }

  /** A variable that is set and not empty. */
  public Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static PrintWriter writer(FileDescriptor descriptor) {
    return new PrintWriter(
        new OutputStreamWriter(new FileOutputStream(descriptor), UTF_8), /* autoFlush= */ true);
  }
}
