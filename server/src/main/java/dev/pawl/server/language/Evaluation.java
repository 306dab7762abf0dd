package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelLateFunctionBindings;
import dev.cel.runtime.Program;
import dev.pawl.server.language.LazyMap.Misses;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Evaluates one expression over one scope. */
final class Evaluation {
  private static final Pattern PLACE =
      Pattern.compile("evaluation error at <input>:(\\d+): (.*)", Pattern.DOTALL);
  private static final String NOT_A_NUMBER = "For input string: ";
  private static final Pattern NO_KEY = Pattern.compile("key '(.*)' is not present in map\\.");
  private static final Pattern NO_FIELD =
      Pattern.compile("Error resolving field '([^']+)'.*", Pattern.DOTALL);
  private static final Pattern NO_OVERLOAD =
      Pattern.compile("No matching overload for function '([^']+)'.*", Pattern.DOTALL);

  private final Scope scope;
  private final Misses misses = new Misses();
  private final CelValues values = new CelValues(misses);

  Evaluation(Scope scope) {
    this.scope = scope;
  }

  JsonNode value(Expression expression) throws NoValue {
    if (expression.lookup() != null) {
      return new LookupWalk(expression.lookup(), scope).value();
    }
    Program program = requireNonNull(expression.program(), expression.source());
    try {
      return JsonValues.of(program.eval(this::variable, functions()));
    } catch (CelEvaluationException e) {
      throw noValue(expression.source(), e);
    } catch (IllegalArgumentException e) {
      throw new NoValue(0, String.valueOf(e.getMessage()));
    }
  }

  private Optional<Object> variable(String name) {
    if (name.equals("steps")) {
      return Optional.of(new LazyMap(scope.steps().keySet(), this::step, misses, null));
    }
    JsonNode value = scope.variable(name);
    return value == null ? Optional.empty() : Optional.of(values.of(value));
  }

  private @Nullable Object step(String id) {
    JsonNode step = scope.step(id);
    return step == null ? null : values.of(step);
  }

  // The binding lives for one evaluation on one thread, so it may close over this one's scope.
  @SuppressWarnings("Immutable")
  private CelLateFunctionBindings functions() {
    return CelLateFunctionBindings.from(
        CelFunctionBinding.from(
            ExpressionCompiler.DATA_OVERLOAD,
            String.class,
            String.class,
            (type, instance) -> values.of(scope.data().find(type, instance))));
  }

  private NoValue noValue(String source, CelEvaluationException e) {
    String message = String.valueOf(e.getMessage());
    Matcher place = PLACE.matcher(message);
    int offset = 0;
    if (place.matches()) {
      offset = CelMessages.nameAt(source, Integer.parseInt(place.group(1)));
      message = place.group(2);
    }
    if (e.getErrorCode() == CelErrorCode.ITERATION_BUDGET_EXCEEDED) {
      throw new LimitExceeded(
          "expression iterations",
          "an expression went round more than " + Limits.COMPREHENSION_ITERATIONS + " times");
    }
    return new NoValue(offset, reworded(message, e));
  }

  private String reworded(String message, CelEvaluationException e) {
    if (e.getErrorCode() == CelErrorCode.ATTRIBUTE_NOT_FOUND) {
      Matcher field = NO_FIELD.matcher(message);
      if (field.matches()) {
        return "'" + field.group(1) + "' can't be looked up in null or in a plain value";
      }
      Matcher named = NO_KEY.matcher(message);
      String key = named.matches() ? named.group(1) : message;
      Set<String> there = misses.besides(key);
      String rest = there.isEmpty() ? "" : "; there " + References.listed(new TreeSet<>(there));
      return "there is no '" + Words.cut(key) + "'" + rest;
    }
    if (message.startsWith(NOT_A_NUMBER)) {
      return message.substring(NOT_A_NUMBER.length()) + " is not a number";
    }
    Matcher overload = NO_OVERLOAD.matcher(message);
    if (overload.matches()) {
      String function = CelMessages.operator(overload.group(1));
      return "'" + function + "' does not take values of these types";
    }
    if (e.getErrorCode() == CelErrorCode.DIVIDE_BY_ZERO) {
      return "division by zero";
    }
    Throwable cause = e.getCause();
    return cause instanceof IllegalArgumentException && cause.getMessage() != null
        ? cause.getMessage()
        : message;
  }
}
