package dev.pawl.server.language;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.pawl.server.workflow.InputDefinition;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names an expression may use, with their types, and the compiler over them. A set of names is
 * made once and shared by all expressions over it, since a compiler is dear to make.
 */
final class Symbols {
  private static final CelType STEP =
      Structs.struct(
          "Step",
          Map.of(
              "output", SimpleType.DYN,
              "outcome", NullableType.create(SimpleType.STRING),
              "status", NullableType.create(SimpleType.STRING)));
  private static final CelType RUN =
      Structs.struct(
          "Run",
          Map.of(
              "id", SimpleType.STRING,
              "attempt", SimpleType.INT,
              "workflow", SimpleType.STRING,
              "namespace", SimpleType.STRING));

  private final Map<String, CelType> variables;
  private final Map<CelType, Symbols> withEach = new HashMap<>();
  private @Nullable Symbols withOutput;
  private @Nullable ExpressionCompiler compiler;

  private Symbols(Map<String, CelType> variables) {
    this.variables = variables;
  }

  static Symbols of(Collection<InputDefinition> inputs, Set<String> steps) {
    var types = new LinkedHashMap<String, CelType>();
    for (InputDefinition input : inputs) {
      types.put(input.name(), InputTypes.typeOf(input.schema(), "Input." + input.name()));
    }
    var variables = new LinkedHashMap<String, CelType>();
    variables.put("inputs", Structs.struct("Inputs", types));
    Map<String, CelType> stepTypes = steps.stream().collect(Collectors.toMap(id -> id, id -> STEP));
    variables.put("steps", Structs.struct("Steps", stepTypes));
    variables.put("run", RUN);
    return new Symbols(variables);
  }

  /** These and {@code each}, whose value is of the given type. */
  Symbols withEach(CelType value) {
    return withEach.computeIfAbsent(
        value,
        type ->
            with(
                "each",
                Structs.struct(
                    "Each",
                    Map.of("value", type, "key", SimpleType.STRING, "index", SimpleType.INT))));
  }

  /** These and {@code output}, the output of the step the expression stands in. */
  Symbols withOutput() {
    if (withOutput == null) {
      withOutput = with("output", SimpleType.DYN);
    }
    return withOutput;
  }

  private Symbols with(String name, CelType type) {
    var more = new LinkedHashMap<>(variables);
    more.put(name, type);
    return new Symbols(more);
  }

  /** Every variable with its type. */
  Map<String, CelType> variables() {
    return variables;
  }

  ExpressionCompiler compiler() {
    if (compiler == null) {
      compiler = new ExpressionCompiler(this);
    }
    return compiler;
  }
}
