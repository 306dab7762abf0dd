package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong inside expressions, at the place inside them. */
class ExpressionProblemsTest {
  private static final String HEAD =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: w}
      spec:
        inputs: {n: {type: integer}, region: {type: string}, l: {type: array, items: {type: string}},
          cfg: {type: object, additionalProperties: false, properties: {deep: {type: string}}}}
        steps:
          - {id: load-balancer, model: m/x, method: get}
          - id: a
            model: m/x
            method: get
            with:
      """;

  private static List<String> problems(String with) {
    try {
      WorkflowParser.parse("w", HEAD + with.indent(8));
      return List.of();
    } catch (InvalidWorkflow e) {
      return e.problems().stream()
          .map(p -> p.toString().substring(2).replace("spec.steps[1].with.", ""))
          .toList();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "inputs.regin | 22 | there is no input 'regin'; did you mean 'region'?",
        "inputs.cfg.deeep | 26 | there is no field 'deeep'; did you mean 'deep'?",
        "inputs.n + 'x' | 24 | '+' does not take (int, string); string(x) turns a value into text",
        "inputs.l.map(x, x + 1) | 33 | '+' does not take (string, int); string(x) turns a value"
            + " into text",
        "inputs.region.x | 28 | type 'string' does not support field selection",
        "stepz.a | 15 | 'stepz' is not known; did you mean 'steps'?",
        "foo + 1 | 15 | 'foo' is not known; there are inputs, run, steps",
        "each.value | 15 | 'each' is only there in a step with forEach, and not in its if or"
            + " forEach.in",
        "run.idd | 19 | there is no field 'idd'; there are attempt, id, namespace, workflow",
        "steps | 15 | 'steps' must be followed by a step's id, as in steps.vpc.output",
        "steps[inputs.region] | 20 | steps[…] needs a name in quotes, so that it can be checked"
            + " before the run",
        "steps['load-balancer'].outptu | 38 | there is no field 'outptu'; did you mean 'output'?",
        "steps.load-balancer.output | 21 | no step has the id 'load', and '-' means minus here; did"
            + " you mean 'steps['load-balancer']'?",
        "steps['lod-balancer'].output | 22 | no step has the id 'lod-balancer', and '-' means minus"
            + " here; did you mean 'steps['load-balancer']'?",
        "nope(1) | 15 | there is no function 'nope'",
        "siez(inputs.l) | 15 | there is no function 'siez'; did you mean 'size'?",
        "secret('x') | 15 | secret() is not supported yet",
        "size( | 21 | the expression ends too early",
        "1 + + 2 | 19 | not an expression: unexpected '+'",
        "9223372036854775808 | 15 | \"9223372036854775808\" needs more than 64 bits",
        "inputs.l.map(run, run) | 27 | the name 'run' is taken; call the item something else"
      })
  void pointsIntoTheExpression(String expression, int column, String message) {
    assertThat(problems("x: ${{ " + expression + " }}"))
        .containsExactly("13:" + (column + 1) + ": x: " + message);
  }

  @Test
  void findsThePlaceInEveryWayToWriteAText() {
    String with =
        """
        plain: é ${{ foo }}
        single: 'it''s ${{ foo }}'
        double: "\\u00e9\\t\\U0001F389 ${{ foo }}"
        literal: |
          first
            ${{ foo }}
        folded: >-
          some text ${{ inputs.n
          + foo }}
        wide: 🎉 ${{ '🎉' + foo }}
        long: "a \\
           b ${{ foo }}"
        unclosed: x ${{ foo
        """;
    assertThat(problems(with).stream().map(p -> p.substring(0, p.indexOf(": ", 6))))
        .containsExactly(
            "13:22: plain",
            "14:28: single",
            "15:41: double",
            "18:17: literal",
            "21:13: folded",
            "22:27: wide",
            "24:18: long",
            "25:21: unclosed");
  }

  @Test
  void keysHoldNoExpressions() {
    assertThat(problems("${{ x }}: 1"))
        .containsExactly("13:9: spec.steps[1].with['${{ x }}']: a key can't hold an expression");
  }
}
