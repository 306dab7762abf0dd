package dev.pawl.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.ClientMarks;
import dev.pawl.v1.CreateOrGetResponse;
import dev.pawl.v1.Outcome;
import dev.pawl.v1.RebuildDataRequest;
import dev.pawl.v1.RebuildDataResponse;
import dev.pawl.v1.WorkflowDefinition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A new database learns from the APIs what the lost one knew, as far as markers prove it. */
@NullUnmarked // a null where none belongs fails the test
class RebuildDataTest extends CareApi {
  private static final String WORKFLOW =
      """
      apiVersion: pawl.dev/v1
      kind: Workflow
      metadata: {name: all}
      spec:
        inputs: {size: {type: integer}}
        steps:
          - id: net
            model: shop/marked
            method: create
            instance: net
            with: {name: net}
          - id: hosts
            model: shop/marked
            method: create
            forEach: {in: "${{ ['web-1', 'web-2'] }}"}
            instance: "${{ each.value }}-${{ steps.net.output.id }}"
            with: {name: "${{ each.value }}", size: "${{ inputs.size }}"}
          - id: named
            model: shop/named
            method: create
            instance: named
            with: {id: chosen}
          - id: alike
            model: shop/alike
            method: create
            instance: alike
            with: {name: only-one}
          - id: plain
            model: shop/plain
            method: create
            instance: plain
            with: {name: plain}
      """;

  private Served lost;

  @BeforeEach
  void loseADatabase() {
    lost = served;
    lost.create(MARKED, "net", "{\"name\":\"net\"}");
    lost.create(MARKED, "web-1-t-1", "{\"name\":\"web-1\",\"size\":2}");
    lost.create(PLAIN, "plain", "{\"name\":\"plain\"}");
    served = new Served(api);
    assertThat(served.installationId()).isNotEqualTo(lost.installationId());
  }

  @AfterEach
  void closeTheLost() {
    lost.close();
  }

  private RebuildDataRequest.Builder request() {
    return RebuildDataRequest.newBuilder()
        .setInstallationId(lost.installationId())
        .addDefinitions(WorkflowDefinition.newBuilder().setFileName("all.yaml").setText(WORKFLOW))
        .setInputsJson("{\"size\":2}");
  }

  private List<RebuildDataResponse> rebuild(RebuildDataRequest request) {
    List<RebuildDataResponse> found = new ArrayList<>();
    served.stub.rebuildData(request).forEachRemaining(found::add);
    return found;
  }

  private static List<String> told(List<RebuildDataResponse> found) {
    return found.stream()
        .map(
            one ->
                one.getKey().getInstance()
                    + " "
                    + one.getResult().name().replace("REBUILD_RESULT_", "")
                    + " "
                    + one.getExternalIdsList())
        .toList();
  }

  @Test
  void whatCarriesTheMarkerIsStoredAndTheRestIsTold() {
    api.put("chosen", "x");
    api.put("x-7", "only-one");

    assertThat(told(rebuild(request().build())))
        .containsExactly(
            "net FOUND [t-1]",
            "web-1-t-1 FOUND [t-2]",
            "web-2-t-1 ABSENT []",
            "named UNPROVEN [chosen]",
            "alike UNPROVEN [x-7]",
            "plain UNSUPPORTED []");

    CreateOrGetResponse host =
        served.create(MARKED, "web-1-t-1", "{\"name\":\"web-1\",\"size\":2}");
    assertThat(host.getOutcome()).isEqualTo(Outcome.OUTCOME_VERIFIED);
    assertThat(host.getDiffersList()).isEmpty();
    assertThat(api.posts()).isEqualTo(3);
    assertThat(served.database.audit()).hasSize(2).allMatch(e -> e.contains("RESOURCE_REBUILT"));
    assertThat(told(rebuild(request().build())))
        .contains("net ALREADY_STORED [t-1]", "web-1-t-1 ALREADY_STORED [t-2]");
    assertThat(served.kinds(MARKED)).isEmpty();
  }

  @Test
  void aDryRunStoresNothing() {
    assertThat(told(rebuild(request().setDryRun(true).build())))
        .contains("net FOUND [t-1]", "web-1-t-1 FOUND [t-2]", "named ABSENT []", "alike ABSENT []");
    assertThat(served.database.count("resource")).isZero();
    assertThat(served.database.audit()).isEmpty();
  }

  @Test
  void whatCannotBeToldApartIsLeftAlone() {
    String marker =
        ClientMarks.marker(
            lost.installationId(), new ResourceKey("default", MARKED, "net", "state"), 1);
    api.put("x-1", "net", marker);
    assertThat(told(rebuild(request().build())))
        .contains("net AMBIGUOUS [t-1, x-1]")
        // What they are called depends on it.
        .contains(" UNSUPPORTED []");
    assertThat(served.database.count("resource")).isZero();
    api.isBlind(true);
    assertThat(told(rebuild(request().build()))).contains("net UNKNOWN []");
  }

  @Test
  void theNewestObjectOfAKeyCounts() {
    lost.forget(MARKED, "net");
    lost.create(MARKED, "net", "{\"name\":\"net\"}");
    assertThat(told(rebuild(request().build()))).contains("net FOUND [t-4]");
    assertThat(served.get(MARKED, "net").getIncarnation()).isEqualTo(2);
  }

  @Test
  void aWrongInstallationFindsNothing() {
    assertThat(told(rebuild(request().setInstallationId("another").build())))
        .contains("net ABSENT []");
  }

  @Test
  void whatIsWrongIsSaidBeforeAnythingIsLookedFor() {
    int reads = api.reads();
    for (RebuildDataRequest.Builder bad :
        List.of(
            request().setInstallationId(""),
            request().clearDefinitions(),
            request().setInputsJson("{\"size\":2,\"sise\":1}"),
            request().setInputsJson("{\"size\":\"large\"}"),
            request().addDefinitions(WorkflowDefinition.newBuilder().setText("kind: None")))) {
      assertThat(Wire.refusal(() -> rebuild(bad.build())).code()).isEqualTo("INVALID_ARGUMENT");
    }
    assertThat(api.reads()).isEqualTo(reads);
  }
}
