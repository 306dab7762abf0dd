package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Reason;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class WorkflowSchemaTest {
  private final JsonNode schema = WorkflowSchema.json();

  @Test
  void isASchema() {
    assertThat(SchemaCheck.ofSchemas().check(schema)).isEmpty();
  }

  @Test
  void acceptsTheWebTier() throws Exception {
    JsonNode file = SourceReader.read("w", Files.webTier()).tree().root();
    assertThat(SchemaCheck.of(schema).check(file)).isEmpty();
  }

  @Test
  void knowsTheFieldsTheParserKnows() {
    String unknown =
        Files.problems(
                """
                apiVersion: pawl.dev/v1
                kind: Workflow
                metadata: {name: w}
                spec:
                  steps: [{id: a, model: digitalocean/tag, method: get, qqqqqqqq: 1}]
                """)
            .getFirst();
    String listed = unknown.substring(unknown.indexOf("known are ") + "known are ".length());
    assertThat(names("/$defs/step/properties")).containsExactlyInAnyOrder(listed.split(", "));
  }

  @Test
  void knowsTheReasonsThereAre() {
    var reasons = new TreeSet<String>();
    schema.at("/$defs/reason/enum").forEach(r -> reasons.add(r.textValue()));
    assertThat(reasons)
        .containsExactlyInAnyOrder(
            Arrays.stream(Reason.values()).map(Enum::name).toArray(String[]::new));
  }

  private String[] names(String pointer) {
    var names = new TreeSet<String>();
    schema.at(pointer).fieldNames().forEachRemaining(names::add);
    return names.toArray(String[]::new);
  }
}
