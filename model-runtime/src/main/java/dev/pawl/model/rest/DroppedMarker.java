package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.data.Intent;
import java.util.List;

/** Notices an API that takes a marker and does not keep it. */
final class DroppedMarker {
  private DroppedMarker() {}

  /** A warning, where a create was marked and its object, read back, is not. */
  static List<String> in(JsonNode shown, Intent intent, RestResource resource) {
    String marker = intent.marker();
    if (marker == null
        || resource.get() == null
        || !(resource.reconcile().withoutToken() instanceof Reconcile.Marker place)
        || Markers.carries(shown, place, marker)) {
      return List.of();
    }
    return List.of(
        "the API of "
            + intent.account()
            + " does not show the marker that was sent in "
            + place.field().substring(1)
            + " of "
            + resource.type()
            + ": should the answer to a create be lost, it stays in doubt, for nothing can find it"
            + " again");
  }
}
