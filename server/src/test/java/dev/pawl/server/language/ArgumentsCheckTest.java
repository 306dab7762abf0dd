package dev.pawl.server.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import org.junit.jupiter.api.Test;

class ArgumentsCheckTest {
  private final MethodDescriptor create =
      Catalog.webTier().model("digitalocean/droplet").orElseThrow().method("create").orElseThrow();

  private static ObjectNode json(String text) {
    return (ObjectNode) Json.parse(text);
  }

  @Test
  void acceptsWhatFits() {
    assertThat(
            ArgumentsCheck.validate(
                create, json("{\"name\":\"a\",\"size\":\"s-1vcpu-1gb\",\"image\":7}")))
        .isEmpty();
  }

  @Test
  void namesEachMisfit() {
    assertThat(
            ArgumentsCheck.validate(
                create,
                json(
                    "{\"name\":null,\"size\":\"s-1vcpu-1gb\",\"tgas\":[],\"volumes\":[{\"size_gb\":0}]}")))
        .extracting(Violation::toString)
        .containsExactlyInAnyOrder(
            "'image' is missing",
            "'tgas' is not known here; did you mean 'tags'?",
            "name: must be a text, is null",
            "volumes[0].size_gb: must be at least 1, is a whole number (0)");
  }
}
