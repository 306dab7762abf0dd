package dev.pawl.server.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Workflows for the tests, without what is the same in all of them. */
final class Flow {
  private static final Pattern SHORT = Pattern.compile("\\{id: ([\\w-]+),(?! instance)");
  private static final Pattern LONG = Pattern.compile("(?m)^( *)- id: ([\\w-]+)$");

  private Flow() {}

  /** Steps of {@code test/thing}, each with its own id as its instance. */
  static String steps(String steps) {
    return spec("", steps);
  }

  /** The same, with what stands beside the steps. */
  static String spec(String spec, String steps) {
    return "apiVersion: pawl.dev/v1\nkind: Workflow\nmetadata: {name: test}\nspec:\n"
        + spec.indent(2)
        + "  steps:\n"
        + completed(steps).indent(4);
  }

  private static String completed(String steps) {
    String named = SHORT.matcher(steps).replaceAll("{id: $1, instance: $1, model: test/thing,");
    Matcher each = LONG.matcher(named);
    return each.replaceAll("$1- id: $2\n$1  model: test/thing");
  }
}
