package dev.pawl.core.command;

import static java.util.Objects.requireNonNull;

import dev.pawl.core.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A program to be run.
 *
 * @param program where it lies
 * @param words its name as given, and its arguments
 * @param root the workspace
 * @param directory inside the workspace
 * @param env the author's variables, besides PATH and HOME
 * @param timeout after which it is killed
 * @param stdin what it reads
 * @param okExitCodes that count as success
 */
record Command(
    Path program,
    List<String> words,
    Path root,
    Path directory,
    Map<String, String> env,
    Duration timeout,
    String stdin,
    Set<Integer> okExitCodes) {
  private static final int SHOWN = 80;

  Command {
    requireNonNull(program, "program");
    words = List.copyOf(words);
    requireNonNull(root, "root");
    requireNonNull(directory, "directory");
    env = Map.copyOf(env);
    requireNonNull(timeout, "timeout");
    requireNonNull(stdin, "stdin");
    okExitCodes = Set.copyOf(okExitCodes);
  }

  /** The values of variables whose names speak of credentials. */
  List<String> secrets() {
    return env.entrySet().stream()
        .filter(e -> Secrets.isSecret(e.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }

  /** For messages: its beginning. */
  String shown() {
    String line = Secrets.scrub(String.join(" ", words), secrets());
    return "'" + (line.length() > SHOWN ? line.substring(0, SHOWN) + " …" : line) + "'";
  }
}
