package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.codegen.Traps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class KindsTest {
  private static final String ONE =
      """
        %1$s:
          post:
            requestBody: {content: {application/json: {schema: {type: object, properties: {name: {type: string}}}}}}
            responses: {"201": {description: made, content: {application/json: {schema: {type: object, properties: {id: {type: string}, name: {type: string}}}}}}}
        %1$s/{x_id}:
          get:
            responses: {"200": {description: one, content: {application/json: {schema: {type: object, properties: {id: {type: string}, name: {type: string}}}}}}}
      """;

  @Test
  void versionsParametersAndPluralsAreDropped() {
    assertThat(
            kinds(
                List.of(
                    "/v2/databases/{db}/pools", "/v1/kubernetes/clusters", "/v2.0/gen-ai/keys")))
        .containsExactly("database_pool", "gen_ai_key", "kubernetes_cluster");
  }

  @Test
  void aSharedPrefixIsDropped() {
    assertThat(kinds(List.of("/api/rest/pets", "/api/rest/vets"))).containsExactly("pet", "vet");
  }

  @Test
  void twoPathsOfOneNameKeepApartWhateverTheirOrder() {
    List<String> paths =
        new ArrayList<>(List.of("/registry", "/registries", "/vpcs/{v}/peerings", "/vpc_peerings"));
    List<String> expected =
        List.of("registry", "registry_singleton", "vpc_peering", "vpcs_peerings");

    assertThat(kinds(paths)).isEqualTo(expected);
    Collections.reverse(paths);
    assertThat(kinds(paths)).isEqualTo(expected);
  }

  private static List<String> kinds(List<String> paths) {
    StringBuilder text =
        new StringBuilder("openapi: 3.0.0\ninfo: {title: t, version: v}\npaths:\n");
    paths.forEach(p -> text.append(ONE.formatted(p)));
    return Traps.of(text.toString()).resources().stream().map(r -> r.kind()).sorted().toList();
  }
}
