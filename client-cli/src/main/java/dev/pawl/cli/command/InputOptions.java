package dev.pawl.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.output.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --input} options as the one JSON object that the server takes. */
final class InputOptions {
  @Option(
      names = "--input",
      paramLabel = "NAME=VALUE",
      order = 10,
      description =
          "An input; a value that is JSON is taken as such unless the input is a string."
              + " Repeatable.")
  List<String> inputs = new ArrayList<>();

  /** Refuses what is no NAME=VALUE, before anything is started for it. */
  void check() {
    texts();
  }

  /**
   * The inputs as JSON; empty if there are none.
   *
   * @param strings the inputs whose type is string: their values are never read as JSON
   */
  String json(Set<String> strings) {
    if (inputs.isEmpty()) {
      return "";
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    texts()
        .forEach(
            (name, text) ->
                values.put(
                    name, !strings.contains(name) && isJson(text) ? new Json.Raw(text) : text));
    return Json.write(values);
  }

  private Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String input : inputs) {
      int equals = input.indexOf('=');
      if (equals < 1) {
        throw CliException.usage("--input '" + input + "' has no value: give NAME=VALUE");
      }
      String name = input.substring(0, equals);
      if (texts.putIfAbsent(name, input.substring(equals + 1)) != null) {
        throw CliException.usage("--input " + name + " is given twice");
      }
    }
    return texts;
  }

  private static boolean isJson(String text) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      if (parser.nextToken() == null) {
        return false;
      }
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (IOException e) {
      return false;
    }
  }
}
