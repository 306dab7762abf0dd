package dev.pawl.server.bench;

import dev.pawl.model.Json;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Workflows of n steps that do nothing, each with an expression of its own. */
enum Shape {
  /** Each after the one before, whose output it reads. */
  SEQUENTIAL("sequential") {
    @Override
    String workflow(int n) {
      return file("", steps(n, i -> i == 0 ? "true" : "steps.s" + (i - 1) + ".output.passed"));
    }
  },
  /** All at once. */
  PARALLEL("parallel") {
    @Override
    String workflow(int n) {
      return file("", steps(n, i -> "run.attempt > 0"));
    }
  },
  /** One step with n iterations, all at once. */
  FOR_EACH("forEach") {
    @Override
    String workflow(int n) {
      return each("{in: \"${{ inputs.items }}\"}");
    }
  },
  /** The same, eight at once. */
  FOR_EACH_BY_8("forEach, 8 at once") {
    @Override
    String workflow(int n) {
      return each("{in: \"${{ inputs.items }}\", concurrency: 8}");
    }
  };

  private final String title;

  Shape(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  abstract String workflow(int n);

  String inputs(int n) {
    if (this == SEQUENTIAL || this == PARALLEL) {
      return "{}";
    }
    var items = Json.mapper().createArrayNode();
    IntStream.range(0, n).forEach(i -> items.add("item-%05d".formatted(i)));
    return Json.write(Json.object().set("items", items));
  }

  @FunctionalInterface
  private interface Condition {
    String of(int step);
  }

  private static String steps(int n, Condition condition) {
    return IntStream.range(0, n)
        .mapToObj(
            i ->
                "    - {id: s%d, model: core/assert, method: check, with: {that: \"${{ %s }}\"}}\n"
                    .formatted(i, condition.of(i)))
        .collect(Collectors.joining());
  }

  private static String each(String forEach) {
    return file(
        "  inputs:\n    items: {type: array, items: {type: string}}\n",
        """
            - id: each
              model: core/assert
              method: check
              forEach: %s
              with: {that: "${{ each.value.startsWith('item-') }}"}
        """
            .formatted(forEach));
  }

  private static String file(String spec, String steps) {
    return "apiVersion: pawl.dev/v1\nkind: Workflow\nmetadata: {name: scale}\nspec:\n"
        + spec
        + "  steps:\n"
        + steps;
  }
}
