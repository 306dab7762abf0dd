package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.CelType;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.server.workflow.EngineSteps;
import dev.pawl.server.workflow.StepDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Checks a step's {@code with} before a run. What an expression gives is only known by its type, so
 * a finding that hangs on its value is dropped, and its type is held against the schema instead.
 */
final class StepArguments {
  /** Found by looking at a map's keys or a list's length, whatever the values are. */
  private static final Set<String> STRUCTURAL =
      Set.of(
          "type",
          "required",
          "additionalProperties",
          "unevaluatedProperties",
          "minItems",
          "maxItems",
          "minProperties",
          "maxProperties",
          "propertyNames",
          "dependentRequired");

  private final ParsedWorkflow parsed;
  private final Problems problems;

  StepArguments(ParsedWorkflow parsed, Problems problems) {
    this.parsed = parsed;
    this.problems = problems;
  }

  void check(StepDefinition step, MethodDescriptor method) {
    Path with = parsed.path(step.id()).key("with");
    ObjectNode arguments = step.arguments();
    var open = new ArrayList<Path>();
    expressions(Path.ROOT, arguments, open);
    // No expression stands where none was compiled: what looks like one is a child's.
    open.removeIf(at -> isChilds(step, at));
    for (Finding finding : ArgumentsCheck.findings(method, arguments)) {
      if (isCertain(finding, open)) {
        report(with, finding);
      }
    }
    for (Path expression : open) {
      type(with, expression, method.argumentsSchema());
    }
  }

  private static boolean isChilds(StepDefinition step, Path at) {
    return step.model().equals(EngineSteps.WORKFLOW)
        && at.elements().size() > 1
        && at.elements().getFirst().equals(EngineSteps.DEFINITION);
  }

  private static void expressions(Path path, JsonNode value, List<Path> found) {
    if (value.isTextual() && TemplateScanner.isTemplate(value.textValue())) {
      found.add(path);
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        expressions(path.index(i), value.get(i), found);
      }
    } else if (value.isObject()) {
      value.properties().forEach(e -> expressions(path.key(e.getKey()), e.getValue(), found));
    }
  }

  private static boolean isCertain(Finding finding, List<Path> open) {
    for (Path expression : open) {
      boolean itself = finding.location().equals(expression);
      boolean around = finding.location().contains(expression);
      boolean sameArgument =
          !finding.location().elements().isEmpty()
              && finding.location().elements().getFirst().equals(expression.elements().getFirst());
      if (itself
          || (around && !STRUCTURAL.contains(finding.keyword()))
          || (finding.choice() && (around || sameArgument))) {
        return false;
      }
    }
    return true;
  }

  private void report(Path with, Finding finding) {
    Path at = InputGrammar.join(with, finding.location());
    String property = finding.property();
    if (property != null && finding.isUnknownProperty()) {
      String message = "unknown argument '" + property + "'";
      if (Suggestion.nearest(property, finding.known()).isEmpty() && !finding.known().isEmpty()) {
        message += "; there " + References.listed(new TreeSet<>(finding.known()));
      }
      problems.atKey(at.key(property), message, property, finding.known());
    } else if (property != null) {
      problems.atKey(at, "the argument '" + property + "' is missing");
    } else {
      problems.at(at, finding.message());
    }
  }

  private void type(Path with, Path expression, JsonNode schema) {
    Path at = InputGrammar.join(with, expression);
    Template template = parsed.templates().at(at);
    if (template == null) {
      return;
    }
    CelType type = template.type();
    JsonNode wanted = SchemaWalk.at(schema, expression.elements());
    Set<String> names = SchemaTypes.names(wanted.get("type"));
    if (!SchemaTypes.mayFit(type, names)) {
      problems.at(
          at,
          "must be "
              + SchemaTypes.words(wanted.get("type"))
              + ", the expression gives "
              + SchemaTypes.word(type));
    }
  }
}
