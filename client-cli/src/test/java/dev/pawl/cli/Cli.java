package dev.pawl.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pawl.cli.hosting.HostedSandbox;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.server.config.ServerOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.Map;

/** Runs command lines as the process would, and keeps what they said. */
final class Cli {
  private final Map<String, String> environment = new HashMap<>();

  Cli() {
    // Whatever would start a server after all must not find the data of whoever runs the tests.
    environment.put("PAWL_DATA_DIR", "/dev/null/no-data-directory");
  }

  /** What a command did. */
  record Result(int code, String out, String err) {
    /** The one document on stdout. */
    JsonNode json() throws IOException {
      return new ObjectMapper().readTree(out);
    }
  }

  Cli with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Result run(String... line) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLineRunner(
                new Surroundings(
                    new PrintWriter(out),
                    new PrintWriter(err),
                    environment,
                    Terminal.NONE,
                    new NoServers()))
            .run(line);
    return new Result(code, out.toString(), err.toString());
  }

  /** These tests must not start any. */
  private static final class NoServers implements Servers {
    @Override
    public HostedServer start(ServerOptions settings) {
      throw new AssertionError("a server was started: " + settings);
    }

    @Override
    public HostedSandbox startSandbox(SandboxSettings settings) {
      throw new AssertionError("a sandbox was started: " + settings);
    }
  }
}
