package dev.pawl.codegen.infer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.Traps;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.ir.Resource;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RequestToken;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** One trap each; the documents are named for them. */
class TrapTest {

  @Test
  void anIdPointerBelongsToTheCreateEvenWhereTheReadWrapsItsAnswer() {
    JsonNode prefix = Traps.resource("envelope-per-operation", "prefix");

    assertThat(prefix.path("idPointer").asText()).isEqualTo("/uuid");
    assertThat(prefix.path("actions")).extracting(JsonNode::asText).containsExactly("announce");
    Resource resource = resource("envelope-per-operation", "prefix");
    assertThat(resource.get().orElseThrow().value().resultPointer()).isEqualTo("/prefix");
    assertThat(resource.readiness().orElseThrow().value().waiting()).containsExactly("pending");
    assertThat(resource.readiness().orElseThrow().value().failed()).containsExactly("failed");
  }

  @Test
  void theKeyIsTheFieldThatTheParameterMeans() {
    assertThat(pointer("keys-not-called-id", "tag")).isEqualTo("/tag/name");
    assertThat(pointer("keys-not-called-id", "cluster_replica")).isEqualTo("/replica/name");
    assertThat(pointer("keys-not-called-id", "floating_ip")).isEqualTo("/floating_ip/ip");
    assertThat(pointer("keys-not-called-id", "sink")).isEqualTo("/sink_id");
    assertThat(pointer("keys-not-called-id", "bank_account")).isEqualTo("/token");
  }

  @Test
  void pathParametersAreBoundByPosition() {
    Resource reversal = resource("parameter-names-lie", "reversal");

    assertThat(reversal.identity().value().parts())
        .containsExactly(
            IdentityPart.request("transfer", "/id"), IdentityPart.response("id", "/id"));
    assertThat(reversal.list().orElseThrow().value().paging())
        .isEqualTo(new Listing.Paging.Cursor("starting_after", "", "/has_more"));
    assertThat(reversal.reconcile().value())
        .isEqualTo(new Reconcile.Marker("/metadata", Reconcile.Marker.Shape.MAP));
  }

  @Test
  void anItemMayLiveElsewhereIfItAnswersTheSame() {
    JsonNode snapshot = Traps.resource("item-elsewhere", "volume_snapshot");

    assertThat(snapshot.path("get").asText()).isEqualTo("GET /snapshots/{snapshot_id}");
    assertThat(snapshot.path("delete").asText()).isEqualTo("DELETE /snapshots/{snapshot_id}");
    assertThat(snapshot.path("idPointer").asText()).isEqualTo("/snapshot/id");
    assertThat(Traps.api("item-elsewhere").skipped())
        .extracting(s -> s.operation())
        .containsExactly("POST /portal/sessions");
  }

  @Test
  void suffixesAndTwinsLeadToTheItem() {
    assertThat(Traps.resource("suffixes-and-twins", "container").path("get").asText())
        .isEqualTo("GET /containers/{id}/json");
    assertThat(Traps.resource("suffixes-and-twins", "container").path("delete").asText())
        .isEqualTo("DELETE /containers/{id}");
    assertThat(pointer("suffixes-and-twins", "silence")).isEqualTo("/silenceID");
    assertThat(pointer("suffixes-and-twins", "account_queue")).isEqualTo("/sid");
    assertThat(Traps.api("suffixes-and-twins").descriptor().defaultBaseUrl())
        .isEqualTo("https://api.example.test/v1");
  }

  @Test
  void aKeyMayBeInTheRequestInAHeaderOrNowhere() {
    assertThat(resource("keys-outside-the-answer", "instance").identity().value().parts())
        .containsExactly(IdentityPart.request("instance_name", "/name"));
    assertThat(resource("keys-outside-the-answer", "label").identity().value().parts())
        .containsExactly(IdentityPart.location("label_id"));
    Resource run = resource("keys-outside-the-answer", "run");
    assertThat(run.identity().value().known()).isFalse();
    assertThat(run.warnings()).anyMatch(w -> w.contains("idPointer"));
  }

  @Test
  void aCollectionsDeleteIsNoItems() {
    assertThat(resource("keys-outside-the-answer", "label").delete()).isEmpty();
  }

  @Test
  void attachingActingSearchingAndSettingMakeNothing() {
    Api api = Traps.api("posts-that-make-nothing");

    assertThat(api.resources()).isEmpty();
    assertThat(api.skipped()).hasSize(4).allMatch(s -> !s.reason().isBlank());
  }

  @Test
  void eachApiIsReconciledByTheStrongestWayItOffers() {
    assertThat(resource("reconciling", "card").reconcile().value())
        .isInstanceOfSatisfying(
            Reconcile.Key.class,
            key -> assertThat(key.token()).isEqualTo(RequestToken.header("Idempotency-Key")));
    assertThat(resource("reconciling", "server").reconcile().value())
        .isEqualTo(new Reconcile.Marker("/tags", Reconcile.Marker.Shape.STRINGS));
    assertThat(resource("keys-outside-the-answer", "instance").reconcile().value())
        .isEqualTo(new Reconcile.ClientId());
  }

  @Test
  void tagsThatSelectTargetsAreNoMarker() {
    assertThat(resource("reconciling", "firewall").reconcile().value())
        .isInstanceOfSatisfying(
            Reconcile.NaturalKey.class,
            key -> {
              assertThat(key.fields()).containsExactly("/name");
              assertThat(key.createdAt()).isEqualTo("/created_at");
            });
    assertThat(resource("reconciling", "group").reconcile().value().strategy())
        .isEqualTo("NATURAL_KEY");
  }

  @Test
  void shownButGoneAndSecretsAreFound() {
    assertThat(resource("reconciling", "server").softDelete().orElseThrow().value().values())
        .containsExactly("archive");
    assertThat(resource("reconciling", "group").softDelete().orElseThrow().value().pointer())
        .isEqualTo("/deleted");
    assertThat(resource("reconciling", "server").secrets()).isEqualTo(Set.of("/password"));
  }

  @Test
  void cyclesAndDanglingReferencesAreToldNotFatal() {
    Api api = Traps.api("odd-schemas");

    assertThat(api.warnings())
        .anyMatch(w -> w.contains("#/components/schemas/nowhere"))
        .anyMatch(w -> w.contains("refers to itself"))
        .anyMatch(w -> w.contains("other.yaml"));
    assertThat(Traps.resource("odd-schemas", "node").path("update").asText())
        .isEqualTo("PATCH /api/v1/nodes/{id}");
    assertThat(api.descriptor().defaultBaseUrl()).isEqualTo("https://eu.example.test/api");
  }

  private static String pointer(String trap, String kind) {
    return Traps.resource(trap, kind).path("idPointer").asText();
  }

  private static Resource resource(String trap, String kind) {
    return Traps.api(trap).resources().stream()
        .filter(r -> r.kind().equals(kind))
        .findFirst()
        .orElseThrow(() -> new AssertionError(trap + " has no resource " + kind));
  }
}
