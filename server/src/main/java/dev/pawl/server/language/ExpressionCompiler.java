package dev.pawl.server.language;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelMutableAst;
import dev.cel.common.CelOptions;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSource;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Compiles expressions over one set of symbols. */
final class ExpressionCompiler {
  static final String DATA_OVERLOAD = "data_string_string";

  private static final CelOptions OPTIONS =
      CelOptions.current()
          .enableUnsignedLongs(true)
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(Limits.COMPREHENSION_ITERATIONS)
          .maxExpressionCodePointSize(Limits.EXPRESSION_LENGTH)
          .maxParseRecursionDepth(Limits.EXPRESSION_DEPTH)
          .build();

  private static final CelRuntime RUNTIME =
      CelRuntimeFactory.plannerRuntimeBuilder()
          .setOptions(OPTIONS)
          .addLibraries(
              CelExtensions.strings(),
              CelExtensions.math(),
              CelExtensions.lists(),
              CelExtensions.encoders(OPTIONS))
          .addLateBoundFunctions("data")
          .build();

  /** An expression that can't be compiled, with everything wrong in it. */
  static final class NotCompiled extends Exception {
    private final transient List<ExpressionIssue> issues;

    NotCompiled(List<ExpressionIssue> issues) {
      super(issues.toString());
      this.issues = List.copyOf(issues);
    }

    List<ExpressionIssue> issues() {
      return issues;
    }
  }

  private final Symbols symbols;
  private final Map<String, CelType> variables;
  private final CelCompiler compiler;
  private final Map<String, Expression> compiled = new HashMap<>();

  ExpressionCompiler(Symbols symbols) {
    this.symbols = symbols;
    this.variables = symbols.variables();
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.strings(),
                CelExtensions.math(),
                CelExtensions.lists(),
                CelExtensions.encoders(OPTIONS))
            .addFunctionDeclarations(
                CelFunctionDecl.newFunctionDeclaration(
                    "data",
                    CelOverloadDecl.newGlobalOverload(
                        DATA_OVERLOAD, SimpleType.DYN, SimpleType.STRING, SimpleType.STRING)))
            .setTypeProvider(new Structs(new ArrayList<>(variables.values())));
    variables.forEach(builder::addVar);
    compiler = builder.build();
  }

  /** Compiles an expression; the same text a second time costs nothing. */
  Expression compile(String source) throws NotCompiled {
    Expression known = compiled.get(source);
    if (known == null) {
      known = compileNew(source);
      compiled.put(source, known);
    }
    return known;
  }

  private Expression compileNew(String source) throws NotCompiled {
    Optional<PlainLookup> plain = PlainLookup.read(source);
    return plain.isPresent() ? compilePlain(source, plain.get()) : compileCel(source);
  }

  private Expression compilePlain(String source, PlainLookup plain) throws NotCompiled {
    var references = new References(variables, plain.positions(), source);
    references.walk(plain.expr());
    Optional<CelType> type = references.typeOf(plain.expr());
    if (type.isEmpty()) {
      // A name that is not known, or one that has no fields: CEL finds the words for it.
      return compileCel(source);
    }
    if (!references.issues().isEmpty()) {
      throw new NotCompiled(references.issues());
    }
    Lookup lookup = Lookup.of(plain.expr(), plain.positions(), source).orElseThrow();
    return new Expression(source, type.get(), references.steps(), roots(references), null, lookup);
  }

  private Expression compileCel(String source) throws NotCompiled {
    CelAbstractSyntaxTree parsed = ast(compiler.parse(source), source);
    CelSource places = parsed.getSource();
    CelMutableAst mutable = CelMutableAst.fromCelAst(parsed);
    var references = new References(variables, places.getPositionsMap(), source);
    references.walk(mutable.expr());
    if (!references.issues().isEmpty()) {
      throw new NotCompiled(references.issues());
    }
    CelAbstractSyntaxTree selected =
        CelAbstractSyntaxTree.newParsedAst(
            CelMutableExprConverter.fromMutableExpr(mutable.expr()), places);
    CelAbstractSyntaxTree checked = ast(compiler.check(selected), source);
    return new Expression(
        source,
        checked.getResultType(),
        references.steps(),
        roots(references),
        program(checked),
        Lookup.of(mutable.expr(), places.getPositionsMap(), source).orElse(null));
  }

  private Set<String> roots(References references) {
    var roots = new TreeSet<>(variables.keySet());
    roots.removeIf(root -> !references.uses(root));
    return roots;
  }

  private CelAbstractSyntaxTree ast(CelValidationResult result, String source) throws NotCompiled {
    if (!result.hasError()) {
      try {
        return result.getAst();
      } catch (CelValidationException e) {
        throw new NotCompiled(issues(e.getErrors(), result.getSource(), source));
      }
    }
    throw new NotCompiled(issues(result.getErrors(), result.getSource(), source));
  }

  private List<ExpressionIssue> issues(List<CelIssue> errors, CelSource places, String source) {
    return errors.stream()
        .map(e -> CelMessages.issue(e, places, source, symbols))
        .distinct()
        .toList();
  }

  private static Program program(CelAbstractSyntaxTree checked) throws NotCompiled {
    try {
      return RUNTIME.createProgram(checked);
    } catch (CelEvaluationException e) {
      throw new NotCompiled(
          List.of(new ExpressionIssue(0, "not an expression: " + e.getMessage(), null)));
    }
  }
}
