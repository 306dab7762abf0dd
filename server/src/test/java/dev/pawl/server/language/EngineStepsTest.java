package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pawl.server.models.ModelRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The engine's own steps are checked like any, where no server runs. */
class EngineStepsTest {
  private static final WorkflowValidator VALIDATOR =
      new WorkflowValidator(new ModelRegistry(Map.of()));

  private static String flow(String steps) {
    return "apiVersion: pawl.dev/v1\nkind: Workflow\nmetadata: {name: test}\nspec:\n  steps:\n"
        + steps.indent(4);
  }

  private static List<String> problems(String steps) {
    InvalidWorkflow invalid =
        catchThrowableOfType(
            InvalidWorkflow.class, () -> VALIDATOR.check("test.yaml", flow(steps)));
    assertThat(invalid).isNotNull();
    return invalid.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void theyNeedNoInstanceAndTakeOnlyTheirArguments() {
    assertThatCode(
            () ->
                VALIDATOR.check(
                    "test.yaml",
                    flow(
                        """
                        - {id: a, model: core/wait, method: sleep, with: {duration: {minutes: 1}}}
                        - {id: b, model: core/wait, method: sleep, with: {until: "${{ steps.a.output.until }}"}}
                        - {id: c, model: core/approval, method: request, with: {prompt: go on?}}
                        """)))
        .doesNotThrowAnyException();
    assertThat(
            problems(
                """
                - {id: a, model: core/wait, method: sleep, with: {}}
                - {id: b, model: core/approval, method: request, with: {promt: hm}}
                - {id: c, model: core/wait, method: sleep, with: {duration: soon}}
                - {id: d, model: core/wait, method: sleep, with: {until: tomorrow}}
                """))
        .anyMatch(p -> p.contains("test.yaml:6:"))
        .anyMatch(p -> p.contains("promt"))
        .anyMatch(p -> p.contains("'soon' is not a duration"))
        .anyMatch(p -> p.contains("'tomorrow' is not a time"));
  }

  @Test
  void theyAreNotTriedAgain() {
    assertThat(
            problems(
                "- {id: a, model: core/wait, method: sleep, with: {duration: 1s}, retry: {limit:"
                    + " 1}}"))
        .singleElement()
        .asString()
        .contains("retry", "is not tried again");
  }

  @Test
  void aChildIsCheckedInItsPlaceAndItsExpressionsAreItsOwn() {
    String child =
        """
        - id: child
          model: core/workflow
          method: run
          with:
            inputs: {x: 1}
            workflow:
              apiVersion: pawl.dev/v1
              kind: Workflow
              metadata: {name: inside}
              spec:
                inputs: {x: {type: integer}}
                steps:
                  - {id: nap, model: core/wait, method: sleep, with: {duration: "${{ inputs.INPUT }}"}}
        """;
    String texts = child.replace("{type: integer}", "{type: string}").replace("x: 1", "x: 1s");
    assertThatCode(() -> VALIDATOR.check("test.yaml", flow(texts.replace("INPUT", "x"))))
        .doesNotThrowAnyException();
    assertThat(problems(child.replace("INPUT", "y")))
        .singleElement()
        .asString()
        .contains("with.workflow", "there is no input 'y'");
  }

  @Test
  void aChildIsWrittenOutOrNamed() {
    String child = "- {id: child, model: core/workflow, method: run, with: {WITH}}";
    for (String good :
        List.of("stored: web-tier", "stored: web-tier@3", "stored: '${{ run.id }}'")) {
      assertThatCode(() -> VALIDATOR.check("test.yaml", flow(child.replace("WITH", good))))
          .as(good)
          .doesNotThrowAnyException();
    }
    for (String bad : List.of("stored: web-tier@0", "stored: web-tier@new", "stored: '@3'")) {
      assertThat(problems(child.replace("WITH", bad)))
          .as(bad)
          .singleElement()
          .asString()
          .contains("with.stored", "NAME@VERSION");
    }
    for (String bad : List.of("", "stored: web-tier, workflow: \"kind: Workflow\"")) {
      assertThat(problems(child.replace("WITH", bad)))
          .as(bad)
          .singleElement()
          .asString()
          .contains("spec.steps[0]", "'stored'", "'workflow'");
    }
  }
}
