package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.StepDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationTest {
  private static final String HEAD =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: w}
      spec:
        inputs: {n: {type: integer}, l: {type: array, items: {type: string}}, big: {}, o: {}, opt: {required: false}}
        steps:
          - {id: vpc, model: a/b, method: get}
          - {id: skip, model: a/b, method: get}
          - {id: d-d, model: a/b, method: get}
          - {id: never, model: a/b, method: get}
          - {id: a, model: a/b, method: get, with: {x: "%s"}}
      """;
  private static final ObjectNode INPUTS =
      (ObjectNode)
          Json.parse(
              """
              {"n": 9007199254740993, "l": ["b", "a"], "big": 123456789012345678901234567890,
               "o": {"k": {"z": 0.1}, "two words": 2}}\
              """);
  private static final Map<String, StepView> STEPS =
      Map.of(
          "vpc",
              step(
                  "{\"id\": \"v-1\", \"n\": 3, \"nul\": null, \"list\": [{\"a\": 1}, {\"a\": 2}]}"),
          "d-d", step("[1, 2]"),
          "skip", StepView.skipped());

  private static StepView step(String output) {
    return new StepView(Json.parse(output), "CREATED", "SUCCEEDED");
  }

  private static JsonNode evaluate(String text) throws EvaluationFailed {
    ParsedWorkflow workflow = Files.parsed(HEAD.formatted(text));
    var scope =
        Scope.of(
            INPUTS,
            STEPS,
            new RunView("r-1", 2, "w", "default"),
            (type, instance) ->
                instance.equals("there") ? Json.parse("{\"id\": 7}") : NullNode.getInstance());
    return new StepEvaluator(workflow)
        .resolveWith(workflow.definition().step("a").orElseThrow(), scope)
        .get("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${{ inputs.n }} | 9007199254740993",
        "${{ inputs.n + 1 }} | 9007199254740994",
        "${{ inputs.big }} | 123456789012345678901234567890",
        "${{ [inputs.o][0] }} | {'k':{'z':0.1},'two words':2}",
        "${{ inputs.o['two words'] }} | 2",
        "${{ has(inputs.opt) ? inputs.opt : 'none' }} | 'none'",
        "${{ steps.vpc.output.id }} | 'v-1'",
        "${{ steps['d-d'].output[1] }} | 2",
        "${{ steps['d-d'].output.map(x, x * 2) }} | [2,4]",
        "${{ steps.skip.output }} | null",
        "${{ steps.skip.outcome == 'SKIPPED' }} | true",
        "${{ steps.vpc.outcome + '!' }} | 'CREATED!'",
        "${{ steps.vpc.output.list.filter(i, i.a > 1) }} | [{'a':2}]",
        "${{ steps.vpc.output.list.exists(i, i.a == 2) }} | true",
        "${{ steps.vpc.output.list.all(i, i.a == 2) }} | false",
        "${{ steps.vpc.output.list + [1] }} | [{'a':1},{'a':2},1]",
        "a-${{ inputs.n }}-${{ inputs.l }}-${{ 1 < 2 }}-${{ 1.5 }} |"
            + " 'a-9007199254740993-[\\'b\\',\\'a\\']-true-1.5'",
        "$${{ literal }} | '${{ literal }}'",
        "${{ {'a': {'b': '}}'}} }} | {'a':{'b':'}}'}}",
        "${{ inputs.l.sort().join('-') }} | 'a-b'",
        "${{ 'a,b'.split(',') }} | ['a','b']",
        "${{ data('a/b', 'there').id }} | 7",
        "${{ data('a/b', 'none') == null }} | true",
        "${{ run.id + ' ' + string(run.attempt) }} | 'r-1 2'",
        "${{ 'a' in inputs.l && size(inputs.l) == 2 }} | true",
        "${{ timestamp('2026-01-01T00:00:00Z') }} | '2026-01-01T00:00:00Z'",
        "${{ base64.encode(b'abc') }} | 'YWJj'",
        "plain | 'plain'"
      })
  void givesJson(String text, String json) throws Exception {
    assertThat(Json.write(evaluate(text))).isEqualTo(json.replace('\'', '"'));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "${{ steps.vpc.output.idd }} | 72 | steps.vpc.output has no 'idd'; there are id, list, n,"
            + " nul",
        "${{ steps.vpc.output.idd + 'x' }} | 72 | there is no 'idd'; there are id, list, n, nul",
        "${{ steps.skip.output.id }} | 73 | steps.skip.output is null, since the step was skipped",
        "${{ steps.skip.output.id + 'x' }} | 73 | 'id' can't be looked up in null or in a plain"
            + " value",
        "${{ steps.never.output }} | 61 | step 'never' has no result in this run",
        "${{ steps['d-d'].output[5] }} | 75 | steps['d-d'].output is a list of 2; there is no [5]",
        "${{ inputs.opt }} | 62 | input 'opt' was not given and has no default; has(inputs.opt)"
            + " tests for that",
        "${{ inputs.l.map(x, inputs.o[x]) }} | 80 | there is no 'b'; there are k, two words",
        "${{ steps.vpc.output.n + 'x' }} | 74 | '+' does not take values of these types",
        "a ${{ steps.vpc.output.nul }} | 57 | null can't be part of a text",
        "${{ inputs.big + 1 }} | 62 | the number 123456789012345678901234567890 needs more than the"
            + " 64 bits of expressions",
        "${{ b'abc' }} | 55 | the value is nothing JSON can hold; base64.encode() turns bytes into"
            + " text",
        "${{ 1 / 0 }} | 57 | division by zero",
        "${{ int('x') }} | 58 | \"x\" is not a number"
      })
  void failsAtThePlaceNamingWhatIsThere(String text, int column, String message) {
    assertThatExceptionOfType(EvaluationFailed.class)
        .isThrownBy(() -> evaluate(text))
        .satisfies(
            e -> {
              String expression = text.substring(text.indexOf("${{ "));
              assertThat(e.getMessage())
                  .isEqualTo(
                      "workflow.yaml:11:"
                          + column
                          + ": spec.steps[4].with.x: "
                          + message
                          + ", in "
                          + expression);
            });
  }

  @Test
  void limitsWork() {
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> evaluate("${{ lists.range(200).map(x, lists.range(200).map(y, 1)) }}"))
        .satisfies(e -> assertThat(e.limit()).isEqualTo("expression iterations"));
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> evaluate("${{ lists.range(5000).map(x, '" + "y".repeat(300) + "') }}"))
        .satisfies(e -> assertThat(e.limit()).isEqualTo("expression value size"));
  }

  /** A third of the limit in characters, two thirds of it in bytes. */
  private static final String THIRD = "é".repeat((1 << 20) / 3);

  private static ParsedWorkflow twoTexts() {
    return Files.parsed(
        """
        apiVersion: pawl.dev/v1
        kind: Workflow
        metadata: {name: w}
        spec:
          inputs: {text: {type: string}}
          steps:
            - {id: a, model: a/b, method: get, with: {x: "${{ inputs.text }}${{ inputs.text }}"}}
          outputs: {one: "${{ inputs.text }}", two: "${{ inputs.text }}"}
        """);
  }

  @Test
  void limitsValuesByTheirBytes() throws Exception {
    ParsedWorkflow workflow = twoTexts();
    StepDefinition step = workflow.definition().step("a").orElseThrow();
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> new StepEvaluator(workflow).resolveWith(step, given(THIRD)))
        .withMessage(
            "workflow.yaml: spec.steps[0].with comes to 1398108 bytes of JSON; the limit is 1048576"
                + " (1 MiB); pass less, or keep it in the workspace and pass its path");
    assertThat(new StepEvaluator(workflow).resolveWith(step, given("é")).path("x").asText())
        .isEqualTo("éé");
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> evaluate("${{ lists.range(80).map(x, '" + "é".repeat(9_000) + "') }}"))
        .satisfies(e -> assertThat(e.limit()).isEqualTo("expression value size"));
  }

  @Test
  void limitsARunsOutputsTogether() throws Exception {
    StepEvaluator evaluator = new StepEvaluator(twoTexts());
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> evaluator.outputs(given(THIRD)))
        .withMessageStartingWith("workflow.yaml: spec.outputs comes to 1398119 bytes of JSON");
    assertThat(evaluator.outputs(given("é"))).hasSize(2);
  }

  private static Scope given(String text) {
    return Scope.of(
        Json.object().put("text", text),
        Map.of(),
        new RunView("r-1", 1, "w", "default"),
        (type, instance) -> NullNode.getInstance());
  }

  @ParameterizedTest
  @CsvSource({"a\\u0000b", "a\\u001fb", "a\\ud800b"})
  void aNameThatCouldNotBeFoundAgainIsRefused(String escaped) {
    ParsedWorkflow workflow =
        Files.parsed(
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: w}
            spec:
              inputs: {name: {type: string}}
              steps:
                - {id: a, model: a/b, method: get, instance: "${{ inputs.name }}"}
            """);
    var scope =
        Scope.of(
            (ObjectNode) Json.parse("{\"name\": \"" + escaped + "\"}"),
            Map.of(),
            new RunView("r-1", 1, "w", "default"),
            (type, instance) -> NullNode.getInstance());
    assertThatExceptionOfType(EvaluationFailed.class)
        .isThrownBy(
            () ->
                new StepEvaluator(workflow)
                    .resolveInstance(workflow.definition().step("a").orElseThrow(), scope))
        .withMessageContaining("must not have control characters");
  }
}
