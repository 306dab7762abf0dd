package dev.pawl.cli.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Which inputs are strings, so that {@code --input version=1.10} stays the text it is. A guess that
 * never complains: the server reads the same text and says what is wrong with it.
 */
final class StringInputs {
  private StringInputs() {}

  /** Those that a workflow declares so. */
  static Set<String> declared(String workflow) {
    Set<String> names = new HashSet<>();
    try {
      Object document = new Load(LoadSettings.builder().build()).loadFromString(workflow);
      if (member(member(document, "spec"), "inputs") instanceof Map<?, ?> inputs) {
        for (Map.Entry<?, ?> input : inputs.entrySet()) {
          if ("string".equals(member(input.getValue(), "type"))) {
            names.add(String.valueOf(input.getKey()));
          }
        }
      }
    } catch (YamlEngineException e) {
      return Set.of();
    }
    return names;
  }

  /** Those that hold text in a run's inputs. */
  static Set<String> present(String inputsJson) {
    Set<String> names = new HashSet<>();
    try (JsonParser parser = new JsonFactory().createParser(inputsJson)) {
      parser.nextToken();
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          names.add(name);
        }
        parser.skipChildren();
      }
    } catch (IOException e) {
      return Set.of();
    }
    return names;
  }

  private static Object member(Object of, String name) {
    Object value = of instanceof Map<?, ?> map ? map.get(name) : null;
    return value == null ? Map.of() : value;
  }
}
