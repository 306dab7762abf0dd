package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.workflow.StepDefinition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WebTierTest {
  private final ParsedWorkflow workflow = Files.parsed(Files.webTier());
  private final StepEvaluator evaluator = new StepEvaluator(workflow);
  private final Map<String, StepView> steps = new HashMap<>();

  @Test
  void hasNoProblems() {
    assertThat(Files.problems(Files.webTier())).isEmpty();
  }

  @Test
  void referencesImplyDependencies() {
    assertThat(workflow.definition().inOrder().stream().map(StepDefinition::id))
        .containsExactly("vpc", "tag", "droplets", "firewall");
    assertThat(step("droplets").dependencies()).containsExactly("vpc", "tag");
    assertThat(step("droplets").recoveryDependsOn()).containsExactly("tag");
    assertThat(step("firewall").dependencies()).containsExactly("droplets");
    assertThat(step("vpc").dependencies()).isEmpty();
  }

  @Test
  void evaluatesEveryStepInOrder() throws Exception {
    ObjectNode inputs = InputResolver.resolve(workflow.definition(), Json.object());
    var scope =
        Scope.of(inputs, steps, new RunView("r1", 1, "web-tier", "default"), DataLookup.NONE);

    assertThat(evaluator.resolveWith(step("vpc"), scope))
        .isEqualTo(
            Json.parse(
                "{'name':'web-vpc','region':'nyc3','ip_range':'10.10.0.0/20'}".replace('\'', '"')));
    assertThat(evaluator.resolveInstance(step("vpc"), scope)).isEqualTo("web-vpc");
    steps.put("vpc", created("{\"id\":\"v-1\"}"));
    steps.put("tag", created("{\"name\":\"web\"}"));

    List<Iteration> each = evaluator.iterations(step("droplets"), scope);
    assertThat(each).extracting(Iteration::key).containsExactly("web-1", "web-2");
    Scope second = scope.withEach(each.get(1));
    assertThat(evaluator.resolveInstance(step("droplets"), second)).isEqualTo("web-2");
    JsonNode with = evaluator.resolveWith(step("droplets"), second);
    assertThat(with.get("vpc_uuid").textValue()).isEqualTo("v-1");
    assertThat(with.get("tags")).isEqualTo(Json.parse("[\"web\"]"));

    steps.put("droplets", created("[{\"id\":9007199254740993},{\"id\":2}]"));
    assertThat(evaluator.resolveWith(step("firewall"), scope).get("droplet_ids"))
        .isEqualTo(Json.parse("[9007199254740993,2]"));
    assertThat(Json.write(evaluator.outputs(scope)))
        .isEqualTo(
            "{\"vpc\":\"v-1\",\"droplets\":[9007199254740993,2],\"summary\":\"2 droplets in"
                + " nyc3\"}");
  }

  private StepDefinition step(String id) {
    return workflow.definition().step(id).orElseThrow();
  }

  private static StepView created(String output) {
    return new StepView(Json.parse(output), "CREATED", "SUCCEEDED");
  }
}
