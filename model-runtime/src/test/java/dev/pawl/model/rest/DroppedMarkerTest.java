package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.Intent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** An API that takes a marker and does not keep it is told of while nothing is lost yet. */
@NullUnmarked // a null where none belongs fails the test
class DroppedMarkerTest {
  private static final String OURS = Markers.marker("installation", Rows.KEY, 1);

  private static List<String> warnings(
      ObjectNode shown, @Nullable String marker, RestResource resource) {
    Intent sent =
        new Intent(
            "POST",
            "https://api.test/things",
            Map.of(),
            Json.object(),
            Json.object(),
            Json.object(),
            marker,
            null,
            "account-1",
            null,
            null);
    return DroppedMarker.in(shown, sent, resource);
  }

  @Test
  void whatIsReadBackWithoutItsMarkerIsWarnedOf() {
    RestResource marked = Things.reconciledBy(Things.MARKER);
    assertThat(warnings(Json.object(), OURS, marked))
        .singleElement()
        .asString()
        .startsWith(
            "the API of account-1 does not show the marker that was sent in tags of fake/thing");
    ObjectNode kept = Json.object();
    kept.putArray("tags").add(OURS);
    assertThat(warnings(kept, OURS, marked)).isEmpty();
  }

  @Test
  void whereNoneWasSentOrNothingReadsItNothingIsSaid() {
    assertThat(warnings(Json.object(), null, Things.reconciledBy(Things.MARKER))).isEmpty();
    assertThat(warnings(Json.object(), OURS, Things.reconciledBy(Things.NONE))).isEmpty();
    RestResource unread =
        Things.things(Things.MARKER, null, Things.listing(new Listing.Paging.None()), null, null);
    assertThat(warnings(Json.object(), OURS, unread)).isEmpty();
  }
}
