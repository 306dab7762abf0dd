package dev.pawl.load.cases;

import dev.pawl.load.Operation;

/** A run of steps that do nothing, from its start to its end. */
final class WorkflowRuns implements Case {
  private final String name;
  private final int n;
  private final String keys;
  private final Runs runs;
  private final String workflow;
  private final String text;
  private final String inputs;

  private WorkflowRuns(
      String name, int n, String keys, Runs runs, String workflow, String text, String inputs) {
    this.name = name;
    this.n = n;
    this.keys = keys;
    this.runs = runs;
    this.workflow = workflow;
    this.text = text;
    this.inputs = inputs;
  }

  static Case sequential(int n, String keys, Runs runs) {
    String workflow = "sequential-" + n;
    return new WorkflowRuns(
        "workflow", n, keys, runs, workflow, Workflow.sequential(workflow, n), "{}");
  }

  static Case forEach(int n, String keys, Runs runs) {
    return new WorkflowRuns(
        "foreach", n, keys, runs, "each", Workflow.forEach("each"), Workflow.items(n));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int n() {
    return n;
  }

  @Override
  public void prepare() {
    runs.store(text);
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    runs.toTheEnd(runs.request(workflow, inputs, keys + "-" + number), ended);
  }
}
