package dev.pawl.model.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.rest.Reconcile.Marker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which objects carry a marker of ours, in a list of tags or in a map of labels. */
class MarkedTest {
  private static final Marker TAGS = new Marker("/tags", Marker.Shape.STRINGS);
  private static final Marker LABELS = new Marker("/labels", Marker.Shape.MAP);
  private static final String OURS = Markers.marker("installation", Rows.KEY, 1);
  private static final String OTHER = Markers.marker("installation", Rows.KEY, 2);

  private static JsonNode tagged(String... tags) {
    var out = Json.object();
    var array = out.putArray("tags");
    for (String tag : tags) {
      array.add(tag);
    }
    return out;
  }

  private static JsonNode labelled(String value) {
    var out = Json.object();
    out.putObject("labels").put("pawl", value).put("other", OTHER);
    return out;
  }

  /** A change of it would hide every object that was ever made from every look for it. */
  @Test
  void theMarkerOfAKeyStaysWhatItIs() {
    assertThat(OURS).isEqualTo("pawl-waynt2wrwsfla2hwwkfo6hr3qx");
    assertThat(Markers.requestToken(OURS, 1, "body")).isEqualTo("pawl-7nxg5sgqgbdlmfyp7dx4chrotm");
    assertThat(Markers.uuid("pawl-token")).isEqualTo("5afa0dd5-a939-40a5-b138-a6e59155416e");
    assertThat(ClientMarks.marker("installation", Rows.KEY, 1)).isEqualTo(OURS);
    assertThat(ClientMarks.requestToken(OURS, 3)).isEqualTo(Markers.requestToken(OURS, 3, ""));
  }

  @Test
  void exactlyTheMarkerCounts() {
    assertThat(Markers.carries(tagged("blue", OURS), TAGS, OURS)).isTrue();
    assertThat(Markers.carries(tagged("blue", OTHER), TAGS, OURS)).isFalse();
    assertThat(Markers.carries(tagged(OURS + "x"), TAGS, OURS)).isFalse();
    assertThat(Markers.carries(Json.object(), TAGS, OURS)).isFalse();
    assertThat(Markers.carries(labelled(OURS), LABELS, OURS)).isTrue();
    assertThat(Markers.carries(labelled(OTHER), LABELS, OURS)).isFalse();
    assertThat(Markers.carries(Json.object(), LABELS, OURS)).isFalse();
  }

  @Test
  void anyMarkerShowsThatTheApiKeepsThem() {
    assertThat(Markers.carriesAny(tagged("blue", OTHER), TAGS)).isTrue();
    assertThat(Markers.carriesAny(tagged("blue"), TAGS)).isFalse();
    assertThat(Markers.carriesAny(labelled(OTHER), LABELS)).isTrue();
    assertThat(Markers.carriesAny(labelled("blue"), LABELS)).isFalse();
  }

  @Test
  void allMarkersOfAnObjectAreFound() {
    assertThat(Markers.found(tagged(OURS, "blue", OTHER), TAGS)).containsExactly(OURS, OTHER);
    assertThat(Markers.found(labelled(OURS), LABELS)).containsExactly(OURS);
    assertThat(Markers.found(Json.object(), TAGS)).isEmpty();
    assertThat(Markers.found(Json.object(), LABELS)).isEmpty();
    assertThat(Markers.found(Json.object().set("tags", Json.object().put("a", OURS)), TAGS))
        .as("a map is no list of tags")
        .isEmpty();
  }

  /** People write tags too. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "pawl-is-nice",
        "pawl-",
        "pawl-aaaaaaaaaaaaaaaaaaaaaaaaa",
        "pawl-aaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "pawl-aaaaaaaaaaaaaaaaaaaaaaaaa1",
        "crow-aaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void whatOnlyLooksLikeAMarkerIsNone(String text) {
    assertThat(Markers.found(tagged(text), TAGS)).isEmpty();
    assertThat(Markers.found(labelled(text), LABELS)).isEmpty();
  }

  @Test
  void aStampIsAddedToWhatIsThereOrNot() {
    var none = Json.object();
    Markers.stamp(none, TAGS, OURS);
    Markers.stamp(none, LABELS, OURS);
    assertThat(Markers.carries(none, TAGS, OURS)).isTrue();
    assertThat(Markers.carries(none, LABELS, OURS)).isTrue();
  }
}
