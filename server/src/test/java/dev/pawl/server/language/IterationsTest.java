package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pawl.model.Json;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IterationsTest {
  private static List<Iteration> iterations(String forEach) throws EvaluationFailed {
    ParsedWorkflow workflow =
        Files.parsed(
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: w}
            spec:
              steps:
                - {id: a, model: m/x, method: get, forEach: %s}
            """
                .formatted(forEach));
    var scope = Scope.of(Json.object(), Map.of(), new RunView("r", 1, "w", "n"), DataLookup.NONE);
    return new StepEvaluator(workflow).iterations(workflow.definition().steps().getFirst(), scope);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{in: [web-1, web-2]} | web-1,web-2",
        "{in: [1, true]} | 1,true",
        "{in: [{n: x}, {n: y}]} | 0,1",
        "{in: [{n: x}, {n: y}], key: \"${{ each.value.n }}\"} | x,y",
        "{in: {b: 1, a: 2}} | b,a",
        "{in: \"${{ ['p', 'q'] }}\"} | p,q",
        "{in: \"${{ {'k': 1} }}\"} | k"
      })
  void keys(String forEach, String keys) throws Exception {
    assertThat(iterations(forEach)).extracting(Iteration::key).containsExactly(keys.split(","));
  }

  @Test
  void anEmptyListHasNone() throws Exception {
    assertThat(iterations("{in: []}")).isEmpty();
  }

  @Test
  void keysMustDiffer() {
    assertThatExceptionOfType(EvaluationFailed.class)
        .isThrownBy(() -> iterations("{in: [a, a]}"))
        .withMessage(
            "workflow.yaml:6:54: spec.steps[0].forEach.in: two iterations have the key 'a'; give"
                + " each its own with forEach.key");
  }

  @Test
  void thereIsALimit() {
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> iterations("{in: \"${{ lists.range(10001) }}\"}"))
        .withMessageContaining("has 10001 items; a step may have 10000");
  }
}
