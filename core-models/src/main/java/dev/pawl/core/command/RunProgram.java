package dev.pawl.core.command;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Refused;
import dev.pawl.core.Secrets;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Runs a program to its end, its timeout or the caller's cancellation. Nothing that it started is
 * left when this returns.
 */
final class RunProgram {
  private static final int SHOWN = 1000;

  private final Command command;
  private final String mark = "pawl-" + UUID.randomUUID();

  private RunProgram(Command command) {
    this.command = command;
  }

  /**
   * Runs.
   *
   * @throws MethodException COMMAND_FAILED, with nothing in doubt, for another exit code; DEADLINE
   *     with the effect unknown; UNAVAILABLE where it could not be started
   */
  static ObjectNode run(Command command) throws MethodException, InterruptedException {
    return new RunProgram(command).run();
  }

  private ObjectNode run() throws MethodException, InterruptedException {
    Process process = start();
    KillTree tree = new KillTree(process, mark);
    try {
      Tail out = Tail.of(process.getInputStream());
      Tail err = Tail.of(process.getErrorStream());
      feed(process.getOutputStream());
      if (!process.waitFor(command.timeout().toMillis(), TimeUnit.MILLISECONDS)) {
        throw MethodException.unknown(
            Failure.of(
                Reason.DEADLINE,
                command.shown() + " did not end within " + command.timeout() + " and was killed"));
      }
      tree.kill();
      return ended(process.exitValue(), out, err);
    } finally {
      tree.kill();
    }
  }

  private Process start() throws MethodException {
    List<String> line = new ArrayList<>(command.words());
    line.set(0, command.program().toString());
    ProcessBuilder builder = new ProcessBuilder(line).directory(command.directory().toFile());
    Map<String, String> env = builder.environment();
    env.clear();
    env.putAll(command.env());
    env.put("PATH", ParseCommand.PATH);
    env.put("HOME", command.root().toString());
    env.put(KillTree.MARK, mark);
    try {
      return builder.start();
    } catch (IOException e) {
      throw Refused.because(
          Reason.UNAVAILABLE, command.shown() + " could not be started: " + e.getMessage());
    }
  }

  /** On a thread of its own: a program may write before it reads, or never read. */
  private void feed(OutputStream stdin) {
    Thread feeder =
        new Thread(
            () -> {
              try (stdin) {
                stdin.write(command.stdin().getBytes(StandardCharsets.UTF_8));
              } catch (IOException e) {
                // It does not want to read: that is its right.
              }
            },
            "pawl-command-stdin");
    feeder.setDaemon(true);
    feeder.start();
  }

  private ObjectNode ended(int exitCode, Tail out, Tail err)
      throws MethodException, InterruptedException {
    String stdout = Secrets.scrub(out.text(), command.secrets());
    String stderr = Secrets.scrub(err.text(), command.secrets());
    if (!command.okExitCodes().contains(exitCode)) {
      String said = (stderr.isBlank() ? stdout : stderr).strip();
      String end = said.length() > SHOWN ? "… " + said.substring(said.length() - SHOWN) : said;
      throw Refused.because(
          Reason.COMMAND_FAILED,
          command.shown() + " ended with status " + exitCode + (end.isEmpty() ? "" : ": " + end));
    }
    ObjectNode output = Json.object().put("exitCode", exitCode).put("stdout", stdout);
    output.put("stderr", stderr);
    if (out.isCut()) {
      output.put("stdoutCut", true);
    }
    if (err.isCut()) {
      output.put("stderrCut", true);
    }
    return output;
  }
}
