package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

/** DESIGN section 4, rules 1, 4 and 15. */
@NullUnmarked // a null where none belongs fails the test
class MarkersTest extends ApiTest {
  private static final ResourceKey KEY =
      new ResourceKey("default", "fake/thing", "web", ResourceKey.STATE);

  @Test
  void aMarkerIsTheSameForEverySendOfOneIncarnation() throws Exception {
    String marker = Markers.marker("installation", KEY, 1);

    assertThat(marker)
        .matches("pawl-[a-z2-7]{26}")
        .isEqualTo(Markers.marker("installation", KEY, 1));
    Set<String> others = new HashSet<>();
    others.add(marker);
    others.add(Markers.marker("another", KEY, 1));
    others.add(Markers.marker("installation", KEY, 2));
    others.add(
        Markers.marker(
            "installation", new ResourceKey("other", "fake/thing", "web", ResourceKey.STATE), 1));
    assertThat(others).hasSize(4);

    resource = Things.reconciledBy(Things.MARKER);
    create();
    String sent = Markers.marker(repository.installationId(), context.key(), 1);
    assertThat(api.things().get("t-1").path("tags").toString()).contains(sent);
  }

  @Test
  void aTokenIsOneForEachSendAndBody() {
    String token = Markers.requestToken("marker", 1, "body");

    assertThat(token).matches("pawl-[a-z2-7]{26}");
    assertThat(
            Set.of(
                token,
                Markers.requestToken("marker", 2, "body"),
                Markers.requestToken("marker", 1, "another body"),
                Markers.requestToken("another marker", 1, "body")))
        .hasSize(4);
  }

  @Test
  void whatACallerWritesIntoTheMarkersPlaceDoesNotReplaceIt() {
    ObjectNode tagged = Json.object();
    tagged.putArray("tags").add("mine");
    Markers.stamp(tagged, (Reconcile.Marker) Things.MARKER, "pawl-x");
    assertThat(tagged.path("tags").toString()).isEqualTo("[\"mine\",\"pawl-x\"]");

    ObjectNode labelled = Json.object();
    labelled.putObject("labels").put("mine", "1").put("pawl", "theirs");
    Markers.stamp(labelled, new Reconcile.Marker("/labels", Reconcile.Marker.Shape.MAP), "pawl-x");
    assertThat(labelled.path("labels").path("pawl").asText()).isEqualTo("pawl-x");
    assertThat(labelled.path("labels").path("mine").asText()).isEqualTo("1");
  }

  @Test
  void aLongBaselineIsNotUsed() throws Exception {
    resource =
        Things.things(
            Things.NATURAL_KEY,
            Things.GET,
            Things.listing(new Listing.Paging.Pages("page", "per_page", 5000)),
            null,
            null);
    for (int i = 0; i < 10_000; i++) {
      api.thingMadeByHand("by-hand-" + i, Things.named("other-" + i));
    }
    create();
    assertThat(row().state().name()).isEqualTo("PRESENT");
    api.thingMadeByHand("one-too-many", Things.named("another"));
    api.next(POST, FakeApi.dropsAfter());

    // Found by its name, and nothing says that it was not there before.
    assertFails(
        Reason.IN_DOUBT, "create", Things.named("db"), context.with().instance("db").build());
  }

  @Test
  void aBaselineOfTenThousandIs() throws Exception {
    resource =
        Things.things(
            Things.NATURAL_KEY,
            Things.GET,
            Things.listing(new Listing.Paging.Pages("page", "per_page", 5000)),
            null,
            null);
    for (int i = 0; i < 10_000; i++) {
      api.thingMadeByHand("by-hand-" + i, Things.named("other-" + i));
    }
    api.next(POST, FakeApi.dropsAfter());

    assertCreates(Outcome.ADOPTED);
  }

  @Test
  void theTimesAreThoseOfTheDesign() {
    assertThat(Timing.DEFAULT.lease()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Timing.DEFAULT.createDeadline()).isEqualTo(Duration.ofSeconds(15));
    assertThat(Timing.DEFAULT.processingAllowance()).isEqualTo(Duration.ofSeconds(30));
    assertThat(Timing.DEFAULT.settle()).isEqualTo(Duration.ofSeconds(2));
    assertThat(Timing.DEFAULT.quarantine()).isEqualTo(Duration.ofSeconds(45));
  }
}
