package dev.pawl.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A short-lived program, run to its end. */
final class Command {
  /** What it ended with: its exit code, and what it printed on both streams. */
  record Result(int code, String output) {
    boolean ok() {
      return code == 0;
    }

    /** The last line it printed, which is where programs put the reason. */
    String lastLine() {
      String text = output.strip();
      return text.substring(text.lastIndexOf('\n') + 1);
    }
  }

  private Command() {}

  static Result run(Path directory, List<String> command) {
    return run(directory, null, command);
  }

  /** Runs it in {@code directory}, reading {@code stdin} where there is one. */
  static Result run(Path directory, @Nullable Path stdin, List<String> command) {
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
      builder.environment().put("LC_ALL", "C");
      if (stdin != null) {
        builder.redirectInput(stdin.toFile());
      }
      Process process = builder.start();
      try (InputStream out = process.getInputStream()) {
        String output = new String(out.readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
      }
    } catch (IOException e) {
      return new Result(127, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostgresException("Interrupted while running " + command.get(0) + ".", e);
    }
  }
}
