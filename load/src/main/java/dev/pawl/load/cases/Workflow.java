package dev.pawl.load.cases;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Workflows whose steps do nothing, as text. */
final class Workflow {
  private Workflow() {}

  /** Each step reads the output of the one before it, so it can't start earlier. */
  static String sequential(String name, int n) {
    return file(
        name,
        "",
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    "    - {id: s%d, model: core/assert, method: check, with: {that: \"${{ %s }}\"}}\n"
                        .formatted(i, i == 0 ? "true" : "steps.s" + (i - 1) + ".output.passed"))
            .collect(Collectors.joining()));
  }

  /** One step, n times at once. */
  static String forEach(String name) {
    return file(
        name,
        "  inputs:\n    items: {type: array, items: {type: string}}\n",
        """
            - id: each
              model: core/assert
              method: check
              forEach: {in: "${{ inputs.items }}"}
              with: {that: "${{ each.value.startsWith('item-') }}"}
        """);
  }

  static String items(int n) {
    return IntStream.range(0, n)
        .mapToObj("\"item-%05d\""::formatted)
        .collect(Collectors.joining(",", "{\"items\":[", "]}"));
  }

  static String file(String name, String spec, String steps) {
    return "apiVersion: pawl.dev/v1\nkind: Workflow\nmetadata: {name: %s}\nspec:\n%s  steps:\n%s"
        .formatted(name, spec, steps);
  }
}
