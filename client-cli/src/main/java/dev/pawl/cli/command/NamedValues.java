package dev.pawl.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.output.Json;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options of the form NAME=VALUE as the one JSON object that the server takes. */
final class NamedValues {
  private NamedValues() {}

  /**
   * The values as JSON; empty if there are none.
   *
   * @param option as it is called, for complaints
   * @param strings the names whose values are never read as JSON
   */
  static String json(String option, List<String> given, Set<String> strings) {
    if (given.isEmpty()) {
      return "";
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    texts(option, given)
        .forEach(
            (name, text) ->
                values.put(
                    name, !strings.contains(name) && isJson(text) ? new Json.Raw(text) : text));
    return Json.write(values);
  }

  /** The values by name; refuses what is no NAME=VALUE. */
  static Map<String, String> texts(String option, List<String> given) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (String one : given) {
      int equals = one.indexOf('=');
      if (equals < 1) {
        throw CliException.usage(option + " '" + one + "' has no value: give NAME=VALUE");
      }
      String name = one.substring(0, equals);
      if (texts.putIfAbsent(name, one.substring(equals + 1)) != null) {
        throw CliException.usage(option + " " + name + " is given twice");
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
