package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import dev.pawl.model.Utf8;
import dev.pawl.server.workflow.InputDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Turns what a run was given into the inputs it runs with. */
public final class InputResolver {
  private InputResolver() {}

  /**
   * Checks the given inputs and fills the defaults in.
   *
   * @param given JSON values by name
   * @return every input that has a value, in the definition's order
   * @throws InvalidInputs with everything wrong; the values of secret inputs are not in it
   * @throws LimitExceeded when they are larger than 1 MiB with the defaults
   */
  public static ObjectNode resolve(WorkflowDefinition definition, ObjectNode given)
      throws InvalidInputs {
    var violations = new ArrayList<Violation>(unknown(definition, given));
    ObjectNode resolved = Json.object();
    boolean filled = false;
    for (InputDefinition input : definition.inputs().values()) {
      JsonNode value = given.has(input.name()) ? given.get(input.name()) : null;
      if (value == null) {
        value = input.defaultValue().orElse(null);
        filled |= value != null;
      }
      if (value != null) {
        violations.addAll(misfits(input, value));
        resolved.set(input.name(), value);
      } else if (input.required()) {
        violations.add(new Violation(at(input), "is missing: the workflow needs this input"));
      }
    }
    if (!violations.isEmpty()) {
      throw new InvalidInputs(violations);
    }
    if (filled) {
      limited(resolved);
    }
    return resolved;
  }

  /** What was given is within the limit; with the defaults it may not be. */
  private static void limited(ObjectNode inputs) {
    long bytes = Utf8.lengthOfJson(inputs);
    if (bytes > Limits.VALUE_BYTES) {
      throw new LimitExceeded(
          "inputs size",
          "the inputs have "
              + bytes
              + " bytes of JSON with their defaults; the limit is "
              + Limits.VALUE_BYTES
              + " (1 MiB); give less, or what is large by reference");
    }
  }

  /**
   * Reads inputs given as texts, as on a command line: an input declared as text takes the text as
   * it is, any other takes it as JSON.
   *
   * @throws InvalidInputs with everything wrong
   */
  public static ObjectNode resolveTexts(WorkflowDefinition definition, Map<String, String> given)
      throws InvalidInputs {
    return resolve(definition, coerce(definition, given));
  }

  /** The texts as JSON values of the declared types; what is not JSON stays a text. */
  public static ObjectNode coerce(WorkflowDefinition definition, Map<String, String> given) {
    ObjectNode values = Json.object();
    given.forEach(
        (name, text) -> {
          InputDefinition input = definition.inputs().get(name);
          values.set(name, input == null ? TextNode.valueOf(text) : coerce(input, text));
        });
    return values;
  }

  private static JsonNode coerce(InputDefinition input, String text) {
    Set<String> types = SchemaTypes.names(input.schema().get("type"));
    if (types.isEmpty() || types.equals(Set.of("string"))) {
      return TextNode.valueOf(text);
    }
    try {
      JsonNode parsed = Json.parse(text);
      boolean textWanted = types.contains("string") && (parsed.isNumber() || parsed.isBoolean());
      return parsed.isMissingNode() || (textWanted && !misfits(input, parsed).isEmpty())
          ? TextNode.valueOf(text)
          : parsed;
    } catch (IllegalArgumentException e) {
      return TextNode.valueOf(text);
    }
  }

  private static List<Violation> misfits(InputDefinition input, JsonNode value) {
    var violations = new ArrayList<Violation>();
    for (Finding finding : SchemaCheck.of(input.schema()).check(value)) {
      String path = at(input, finding.location());
      String message =
          input.secret()
              ? "does not fit its schema (" + finding.keyword() + ")"
              : finding.message();
      violations.add(new Violation(path, message));
    }
    return violations;
  }

  private static List<Violation> unknown(WorkflowDefinition definition, ObjectNode given) {
    var violations = new ArrayList<Violation>();
    Set<String> known = new TreeSet<>(definition.inputs().keySet());
    for (var entry : given.properties()) {
      if (!known.contains(entry.getKey())) {
        String near =
            Suggestion.nearest(entry.getKey(), known)
                .map(n -> "; did you mean '" + n + "'?")
                .orElse("; there " + References.listed(known));
        violations.add(
            new Violation("inputs." + entry.getKey(), "the workflow has no such input" + near));
      }
    }
    return violations;
  }

  private static String at(InputDefinition input) {
    return at(input, Path.ROOT);
  }

  private static String at(InputDefinition input, Path location) {
    return InputGrammar.join(Path.ROOT.key("inputs").key(input.name()), location).toString();
  }
}
