package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.pawl.server.workflow.ForEach;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.SequencedSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles a step's expressions, each over the names that are there at its place. */
final class StepExpressions {
  private static final Set<CelKind> TEXT =
      EnumSet.of(CelKind.STRING, CelKind.INT, CelKind.UINT, CelKind.BOOL, CelKind.DYN);
  private static final Set<CelKind> ITEMS =
      EnumSet.of(CelKind.LIST, CelKind.MAP, CelKind.STRUCT, CelKind.DYN);

  private final Problems problems;
  private final Templates templates;
  private final Symbols symbols;

  StepExpressions(Problems problems, Templates templates, Symbols symbols) {
    this.problems = problems;
    this.templates = templates;
    this.symbols = symbols;
  }

  /**
   * @return ids of the steps that any of it refers to
   */
  SequencedSet<String> compile(
      Path step,
      @Nullable String condition,
      @Nullable ForEach forEach,
      @Nullable String instance,
      ObjectNode with,
      Map<String, JsonNode> outputs) {
    var steps = new LinkedHashSet<String>();
    if (condition != null) {
      steps.addAll(condition(step.key("if"), condition));
    }
    Symbols inside = symbols;
    if (forEach != null) {
      Path in = step.key("forEach").key("in");
      steps.addAll(templates.compileAll(in, forEach.in(), symbols));
      inside = symbols.withEach(itemType(in, forEach));
      steps.addAll(text(step.key("forEach").key("key"), forEach.key(), inside));
    }
    steps.addAll(text(step.key("instance"), instance, inside));
    steps.addAll(templates.compileAll(step.key("with"), with, inside));
    for (var output : outputs.entrySet()) {
      Path path = step.key("outputs").key(output.getKey());
      steps.addAll(templates.compileAll(path, output.getValue(), inside.withOutput()));
    }
    return steps;
  }

  private SequencedSet<String> condition(Path path, String text) {
    if (text.equals("${{ true }}") || text.equals("${{ false }}")) {
      templates.compile(path, text, symbols);
      return new LinkedHashSet<>();
    }
    if (!TemplateScanner.isTemplate(text)) {
      problems.at(path, "must be true, false or one expression, as in ${{ inputs.enabled }}");
      return new LinkedHashSet<>();
    }
    Template template = templates.compile(path, text, symbols);
    if (template == null) {
      return new LinkedHashSet<>();
    }
    CelKind kind = template.type().kind();
    if (!template.isOneExpression()) {
      problems.at(path, "must be one expression and nothing around it");
    } else if (kind != CelKind.BOOL && kind != CelKind.DYN) {
      problems.at(path, "must be true or false, is " + SchemaTypes.word(template.type()));
    }
    return template.steps();
  }

  private SequencedSet<String> text(Path path, @Nullable String text, Symbols names) {
    Template template = text == null ? null : templates.compile(path, text, names);
    if (template == null) {
      return new LinkedHashSet<>();
    }
    if (!TEXT.contains(template.type().kind())) {
      problems.at(path, "must be a text, is " + SchemaTypes.word(template.type()));
    }
    return template.steps();
  }

  private CelType itemType(Path in, ForEach forEach) {
    if (!forEach.in().isTextual()) {
      return SimpleType.DYN;
    }
    Template template = templates.at(in);
    if (template == null) {
      if (!TemplateScanner.isTemplate(forEach.in().textValue())) {
        problems.at(in, "must be a list, a map or an expression, is a text");
      }
      return SimpleType.DYN;
    }
    CelType type = template.type();
    if (!ITEMS.contains(type.kind())) {
      problems.at(in, "must be a list or a map, is " + SchemaTypes.word(type));
    }
    return switch (type) {
      case ListType list -> list.elemType();
      case MapType map -> map.valueType();
      default -> SimpleType.DYN;
    };
  }
}
