package dev.pawl.load.inner;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.language.EvaluationFailed;
import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.language.WorkflowParser;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What each start or each step does on the processor, without its commits. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class InnerBenchmark {
  private static final String TEXT =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: inner}
      spec:
        inputs: {name: {type: string}, sizes: {type: array, items: {type: string}}}
        steps:
          - {id: first, model: core/assert, method: check, with: {that: true}}
          - {id: plain, model: core/assert, method: check, with: {that: true}}
          - {id: lookup, model: core/assert, method: check, with: {that: "${{ steps.first.output.passed }}"}}
          - id: text
            model: core/assert
            method: check
            with: {that: true, message: "${{ inputs.name }} of ${{ run.id }}: ${{ steps.first.outcome }}"}
          - id: computed
            model: core/assert
            method: check
            with: {that: "${{ inputs.sizes.filter(s, s != 'b').size() == 2 && has(inputs.name) }}"}
      """;

  private final ObjectNode request =
      (ObjectNode)
          Json.parse(
              """
              {"stored_workflow": {"name": "inner", "version": 0},
               "inputs": {"name": "web-1", "sizes": ["a", "b", "c"]}}\
              """);
  private final Scope scope =
      Scope.of(
          (ObjectNode) request.get("inputs"),
          Map.of("first", new StepView(Json.parse("{\"passed\": true}"), "EXECUTED", "SUCCEEDED")),
          new RunView("01m8anxn4jzpnz1z9xndmtrxa4", 1, "inner", "default"),
          (type, instance) -> NullNode.getInstance());
  private final ParsedWorkflow workflow = parsed();
  private final StepEvaluator evaluator = new StepEvaluator(workflow);

  private static ParsedWorkflow parsed() {
    try {
      return WorkflowParser.parse("inner.yaml", TEXT);
    } catch (InvalidWorkflow e) {
      throw new IllegalStateException(e);
    }
  }

  @Benchmark
  public ParsedWorkflow readsAWorkflow() {
    return parsed();
  }

  @Benchmark
  public ObjectNode plainArguments() throws EvaluationFailed {
    return arguments("plain");
  }

  @Benchmark
  public ObjectNode argumentsWithALookup() throws EvaluationFailed {
    return arguments("lookup");
  }

  @Benchmark
  public ObjectNode argumentsWithAText() throws EvaluationFailed {
    return arguments("text");
  }

  @Benchmark
  public ObjectNode computedArguments() throws EvaluationFailed {
    return arguments("computed");
  }

  @Benchmark
  public Object fingerprintOfARequest() {
    return Json.fingerprint(request);
  }

  @Benchmark
  public String writesJson() {
    return Json.write(request);
  }

  private ObjectNode arguments(String step) throws EvaluationFailed {
    return evaluator.resolveWith(workflow.definition().step(step).orElseThrow(), scope);
  }
}
