package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.workflow.WorkflowDefinition;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
  private static final String ONE =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: w}
      spec:
        timeout: 1h
        steps:
          - id: a
            model: m/x
            method: create
            instance: a
            with: {b: 1, c: "${{ run.id }}"}
            retry: {limit: 2}
      """;

  private static WorkflowDefinition read(String text) {
    return Files.parsed(text).definition();
  }

  @Test
  void formattingCommentsAndOrderDoNotShow() {
    String same =
        """
        {"kind": "Workflow", "metadata": {"description": "text", "name": "w"}, # a comment
         "spec": {"steps": [{"retry": {"limit": 2}, "with": {"c": "${{ run.id }}", "b": 1},
           "instance": "a", "method": "create", "model": "m/x", "id": "a"}],
           "timeout": {"minutes": 60}}, "apiVersion": "pawl.dev/v1"}
        """;
    assertThat(read(same).canonical()).isEqualTo(read(ONE).canonical());
  }

  @Test
  void aChangeOfTimesDoesNotChangeTheEffect() {
    WorkflowDefinition one = read(ONE);
    WorkflowDefinition other = read(ONE.replace("limit: 2", "limit: 3"));
    assertThat(other.steps().getFirst().canonical())
        .isNotEqualTo(one.steps().getFirst().canonical());
    assertThat(other.steps().getFirst().effect()).isEqualTo(one.steps().getFirst().effect());
    assertThat(read(ONE.replace("b: 1", "b: 2")).steps().getFirst().effect())
        .isNotEqualTo(one.steps().getFirst().effect());
  }
}
