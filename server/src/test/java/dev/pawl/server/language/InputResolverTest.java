package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.InputDefinition;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InputResolverTest {
  private final WorkflowDefinition workflow =
      Files.parsed(
              """
              apiVersion: pawl.dev/v1
              kind: Workflow
              metadata: {name: w}
              spec:
                inputs:
                  region: {type: string, default: nyc3}
                  droplets: {type: array, items: {type: string}, default: [web-1]}
                  n: {type: integer, minimum: 1}
                  either: {type: [string, integer], required: false}
                  token: {type: string, minLength: 8, secret: true, required: false}
                steps: [{id: a, model: m/x, method: get}]
              """)
          .definition();

  @Test
  void fillsDefaultsIn() throws Exception {
    assertThat(InputResolver.resolve(workflow, Json.object().put("n", 3)))
        .isEqualTo(Json.parse("{\"region\":\"nyc3\",\"droplets\":[\"web-1\"],\"n\":3}"));
    assertThat(workflow.inputs().values().stream().filter(InputDefinition::secret))
        .extracting(InputDefinition::name)
        .containsExactly("token");
    assertThat(workflow.inputs().values().stream().filter(InputDefinition::required))
        .extracting(InputDefinition::name)
        .containsExactly("n");
  }

  @Test
  void limitsWhatTheyComeToWithTheDefaults() throws Exception {
    WorkflowDefinition large =
        Files.parsed(
                """
                apiVersion: pawl.dev/v1
                kind: Workflow
                metadata: {name: w}
                spec:
                  inputs:
                    given: {type: string}
                    more: {type: string, default: "%s"}
                  steps: [{id: a, model: m/x, method: get}]
                """
                    .formatted("é".repeat(300_000)))
            .definition();
    ObjectNode little = Json.object().put("given", "x");
    assertThat(InputResolver.resolve(large, little)).hasSize(2);
    assertThatExceptionOfType(LimitExceeded.class)
        .isThrownBy(() -> InputResolver.resolve(large, little.put("given", "é".repeat(300_000))))
        .withMessageContainingAll("the inputs have 1200022 bytes", "the limit is 1048576");
  }

  @Test
  void readsTextsByTheDeclaredType() throws Exception {
    ObjectNode resolved =
        InputResolver.resolveTexts(
            workflow,
            Map.of("droplets", "[\"a\",\"b\"]", "n", "3", "region", "007", "either", "x"));
    assertThat(resolved)
        .isEqualTo(
            Json.parse("{\"region\":\"007\",\"droplets\":[\"a\",\"b\"],\"n\":3,\"either\":\"x\"}"));
  }

  @Test
  void namesEverythingWrong() {
    assertThatExceptionOfType(InvalidInputs.class)
        .isThrownBy(
            () ->
                InputResolver.resolveTexts(
                    workflow, Map.of("regoin", "x", "droplets", "[1]", "n", "zero")))
        .satisfies(
            e ->
                assertThat(e.violations().stream().map(Violation::toString))
                    .containsExactly(
                        "inputs.regoin: the workflow has no such input; did you mean 'region'?",
                        "inputs.droplets[0]: must be a text, is a whole number (1)",
                        "inputs.n: must be a whole number, is a text ('zero')"));
    assertThatExceptionOfType(InvalidInputs.class)
        .isThrownBy(() -> InputResolver.resolve(workflow, Json.object()))
        .withMessage("inputs.n: is missing: the workflow needs this input");
  }

  @Test
  void neverShowsASecret() {
    assertThatExceptionOfType(InvalidInputs.class)
        .isThrownBy(
            () ->
                InputResolver.resolve(workflow, Json.object().put("n", 1).put("token", "hunter2")))
        .withMessage("inputs.token: does not fit its schema (minLength)");
  }
}
