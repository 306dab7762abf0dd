package dev.pawl.server.language;

import dev.cel.common.types.CelType;
import dev.cel.common.types.NullableType;
import dev.cel.common.types.SimpleType;
import dev.pawl.server.workflow.InputDefinition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names an expression may use, with their types.
 *
 * @param inputs of the workflow
 * @param steps ids of all steps
 * @param each the type of {@code each.value}; null where there is no {@code forEach}
 * @param output whether {@code output}, the method's own output, is there
 */
record Symbols(
    Map<String, CelType> inputs, Set<String> steps, @Nullable CelType each, OwnOutput output) {

  /** Whether an expression sees the output of the step it stands in. */
  enum OwnOutput {
    HIDDEN,
    VISIBLE
  }

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

  static Symbols of(Collection<InputDefinition> inputs, Set<String> steps) {
    var types = new LinkedHashMap<String, CelType>();
    for (InputDefinition input : inputs) {
      types.put(input.name(), InputTypes.typeOf(input.schema(), "Input." + input.name()));
    }
    return new Symbols(types, steps, null, OwnOutput.HIDDEN);
  }

  Symbols withEach(CelType value) {
    return new Symbols(inputs, steps, value, output);
  }

  Symbols withOutput() {
    return new Symbols(inputs, steps, each, OwnOutput.VISIBLE);
  }

  /** Every variable with its type. */
  Map<String, CelType> variables() {
    var all = new LinkedHashMap<String, CelType>();
    all.put("inputs", Structs.struct("Inputs", inputs));
    var stepTypes = steps.stream().collect(Collectors.toMap(id -> id, id -> STEP));
    all.put("steps", Structs.struct("Steps", stepTypes));
    all.put("run", RUN);
    if (each != null) {
      all.put(
          "each",
          Structs.struct(
              "Each", Map.of("value", each, "key", SimpleType.STRING, "index", SimpleType.INT)));
    }
    if (output == OwnOutput.VISIBLE) {
      all.put("output", SimpleType.DYN);
    }
    return all;
  }

  /** What may follow {@code root.}; empty where that is not known. */
  Set<String> fieldsOf(String root) {
    return switch (root) {
      case "inputs" -> new TreeSet<>(inputs.keySet());
      case "steps" -> new TreeSet<>(steps);
      case "run" -> new TreeSet<>(Set.of("id", "attempt", "workflow", "namespace"));
      case "each" -> new TreeSet<>(Set.of("value", "key", "index"));
      default -> new TreeSet<>();
    };
  }
}
