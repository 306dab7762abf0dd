package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.language.ExpressionCompiler.NotCompiled;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import org.jspecify.annotations.Nullable;

/** Compiles every text with expressions in a file, once, and keeps them by their path. */
final class Templates {
  private final Problems problems;
  private final Map<Path, Template> compiled = new HashMap<>();

  Templates(Problems problems) {
    this.problems = problems;
  }

  /** The compiled text at the path; null where it holds no expression. */
  @Nullable Template at(Path path) {
    return compiled.get(path);
  }

  /**
   * Compiles all texts in the value, reporting what is wrong with them.
   *
   * @return ids of the steps referred to
   */
  SequencedSet<String> compileAll(Path path, JsonNode value, Symbols symbols) {
    var steps = new LinkedHashSet<String>();
    if (value.isTextual()) {
      Template template = compile(path, value.textValue(), symbols);
      if (template != null) {
        steps.addAll(template.steps());
      }
    } else if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        steps.addAll(compileAll(path.index(i), value.get(i), symbols));
      }
    } else {
      for (var entry : value.properties()) {
        Path child = path.key(entry.getKey());
        if (TemplateScanner.isTemplate(entry.getKey())) {
          problems.atKey(child, "a key can't hold an expression");
        }
        steps.addAll(compileAll(child, entry.getValue(), symbols));
      }
    }
    return steps;
  }

  /** Compiles one text; null when it holds no expression or can't be compiled. */
  @Nullable Template compile(Path path, String text, Symbols symbols) {
    if (!TemplateScanner.isTemplate(text)) {
      return null;
    }
    try {
      var parts = new ArrayList<Template.Part>();
      boolean whole = true;
      for (Piece piece : TemplateScanner.scan(text)) {
        Template.Part part = part(path, piece, symbols);
        whole &= part != null;
        if (part != null) {
          parts.add(part);
        }
      }
      if (!whole) {
        return null;
      }
      var template = new Template(path, parts);
      compiled.put(path, template);
      return template;
    } catch (TemplateScanner.Unclosed e) {
      problems.inside(path, e.offset(), requireNonNull(e.getMessage()), null);
      return null;
    }
  }

  private Template.@Nullable Part part(Path path, Piece piece, Symbols symbols) {
    return switch (piece) {
      case Piece.Literal literal -> new Template.Literal(literal.text());
      case Piece.Code code -> {
        try {
          yield new Template.Compiled(symbols.compiler().compile(code.source()), code.offset());
        } catch (NotCompiled e) {
          report(path, code, e.issues());
          yield null;
        }
      }
    };
  }

  private void report(Path path, Piece.Code code, List<ExpressionIssue> issues) {
    for (ExpressionIssue issue : issues) {
      problems.inside(path, code.offset() + issue.offset(), issue.message(), issue.suggestion());
    }
  }
}
