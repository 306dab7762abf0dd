package dev.pawl.server.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.pawl.model.Json;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StepGraphTest {
  private static StepDefinition step(String id, String... dependsOn) {
    return new StepDefinition(
        id,
        null,
        "m/x",
        "get",
        null,
        Json.object(),
        false,
        new LinkedHashSet<>(List.of(dependsOn)),
        new LinkedHashSet<>(),
        null,
        null,
        Retry.NONE,
        null,
        new LinkedHashSet<>(),
        false,
        false,
        CreatePolicy.DEFAULT,
        Map.of());
  }

  @Test
  void ordersByDependenciesElseAsInTheFile() {
    var graph = StepGraph.of(List.of(step("d", "b", "c"), step("c", "a"), step("a"), step("b")));
    assertThat(graph.inOrder()).extracting(StepDefinition::id).containsExactly("a", "c", "b", "d");
    assertThat(graph.downstream("a")).containsExactlyInAnyOrder("c", "d");
    assertThat(graph.dependents("b")).containsExactly("d");
  }

  @Test
  void namesACycleByItsPath() {
    var graph = StepGraph.of(List.of(step("x"), step("a", "b"), step("b", "c"), step("c", "b")));
    assertThat(graph.cycles()).containsExactly(List.of("b", "c", "b"));
    assertThatIllegalStateException()
        .isThrownBy(graph::inOrder)
        .withMessage("the steps wait for each other: [[b, c, b]]");
  }

  @Test
  void takesALongChain() {
    List<StepDefinition> chain =
        IntStream.range(0, 10_000)
            .mapToObj(i -> i == 9_999 ? step("s" + i) : step("s" + i, "s" + (i + 1)))
            .toList();
    var graph = StepGraph.of(chain);
    assertThat(graph.cycles()).isEmpty();
    assertThat(graph.inOrder().getFirst().id()).isEqualTo("s9999");
  }
}
