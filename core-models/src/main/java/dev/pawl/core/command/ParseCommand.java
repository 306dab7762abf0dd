package dev.pawl.core.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Durations;
import dev.pawl.core.Refused;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.Settings;
import dev.pawl.model.Workspace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the arguments of a command, and refuses what the server's settings do not allow. */
final class ParseCommand {
  /** Where programs are looked for, and what they get as PATH. */
  static final String PATH = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";

  private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

  /** With these an allowed program would run code of whoever sets them. */
  private static final Pattern OURS = Pattern.compile("PATH|HOME|PAWL_.*|LD_.*|DYLD_.*");

  private ParseCommand() {}

  /**
   * Reads.
   *
   * @throws MethodException NOT_ALLOWED naming the setting; NOT_FOUND; INVALID_ARGUMENTS
   */
  static Command run(ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    List<String> words = new ArrayList<>();
    arguments.path("command").forEach(word -> words.add(word.asText()));
    for (String word : words) {
      refuseNul("command", word);
    }
    if (words.isEmpty()) {
      throw Refused.arguments("command must have at least the program's name");
    }
    Path program = program(words.get(0), context.settings());
    Workspace workspace = context.workspace();
    String directory = arguments.path("directory").asText(".");
    Path inside = workspace.resolve(directory);
    if (!Files.isDirectory(inside)) {
      throw Refused.because(
          Reason.NOT_FOUND, "there is no folder '" + directory + "' in the workspace");
    }
    return new Command(
        program,
        words,
        workspace.root(),
        inside,
        env(arguments.path("env")),
        Durations.of(arguments, "timeout", DEFAULT_TIMEOUT, LONGEST),
        arguments.path("stdin").asText(""),
        okExitCodes(arguments.path("okExitCodes")));
  }

  private static Path program(String name, Settings settings) throws MethodException {
    if (!settings.allowsCommand(name)) {
      Set<String> allowed = new TreeSet<>(settings.commands());
      throw Refused.because(
          Reason.NOT_ALLOWED,
          "this server does not allow the command '"
              + name
              + "'; whoever runs it may, with --allow-command NAME or commands: [NAME] in its"
              + " configuration (allowed now: "
              + (allowed.isEmpty() ? "none" : String.join(", ", allowed))
              + ")");
    }
    for (String folder : PATH.split(":")) {
      Path program = Path.of(folder, name);
      if (Files.isRegularFile(program) && Files.isExecutable(program)) {
        return program;
      }
    }
    throw Refused.because(
        Reason.NOT_FOUND,
        "the command '" + name + "' is allowed, but the server's machine has none in " + PATH);
  }

  private static Map<String, String> env(JsonNode given) throws MethodException {
    Map<String, String> out = new HashMap<>();
    for (Map.Entry<String, JsonNode> each : given.properties()) {
      String name = each.getKey();
      if (!VARIABLE.matcher(name).matches() || OURS.matcher(name).matches()) {
        throw Refused.arguments(
            "env cannot set '"
                + name
                + "': it is no name of a variable, or decides which code runs");
      }
      refuseNul("env." + name, each.getValue().asText());
      out.put(name, each.getValue().asText());
    }
    return out;
  }

  private static Set<Integer> okExitCodes(JsonNode given) {
    Set<Integer> out = new HashSet<>();
    given.forEach(code -> out.add(code.asInt()));
    return out.isEmpty() ? Set.of(0) : out;
  }

  private static void refuseNul(String where, String text) throws MethodException {
    if (text.indexOf('\0') >= 0) {
      throw Refused.arguments(where + " holds a NUL character");
    }
  }
}
