package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A run whose steps create things at an API that does nothing, one after another. */
final class CreateSteps implements Case {
  private final int n;
  private final String keys;
  private final Runs runs;
  private final String workflow;

  CreateSteps(int n, String keys, Runs runs) {
    this.n = n;
    this.keys = keys;
    this.runs = runs;
    this.workflow = "creates-" + n;
  }

  @Override
  public String name() {
    return "create_step";
  }

  @Override
  public int n() {
    return n;
  }

  @Override
  public void prepare() {
    String steps =
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    "    - {id: s%d, model: noop/thing, method: create, %sinstance: \"%s\", with: {name: \"%s\"}}\n"
                        .formatted(
                            i, i == 0 ? "" : "dependsOn: [s" + (i - 1) + "], ", name(i), name(i)))
            .collect(Collectors.joining());
    runs.store(Workflow.file(workflow, "  inputs:\n    name: {type: string}\n", steps));
  }

  private static String name(int step) {
    return "${{ inputs.name }}-" + step;
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    String key = keys + "-" + number;
    runs.toTheEnd(runs.request(workflow, "{\"name\":\"" + key + "\"}", key), ended);
  }
}
