package dev.pawl.cli.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A command that was started.
 *
 * @param line its arguments
 * @param out what it printed so far
 * @param err what it said so far
 */
record RunningCommand(String line, Process process, Path out, Path err) {

  Finished finish() throws Exception {
    if (!process.waitFor(Await.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("pawl " + line + " did not end\n" + read(out) + read(err));
    }
    return new Finished(line, process.exitValue(), read(out), read(err));
  }

  /** The JSON document that a serving command prints when it is ready. */
  JsonNode firstAnswer() throws Exception {
    Await.until("pawl " + line + " is ready", () -> read(out).endsWith("\n") || !process.isAlive());
    if (!process.isAlive()) {
      throw new AssertionError("pawl " + line + " ended\n" + read(out) + read(err));
    }
    return new ObjectMapper().readTree(read(out));
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** {@code kill}. */
  void stop() throws Exception {
    process.destroy();
    finish();
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }
}
