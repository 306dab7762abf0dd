package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what an API shows only in the answer to a create, such as a key's secret: a read would take
 * it out of the stored state, and nobody could have it again.
 */
final class ShownOnce {
  private ShownOnce() {}

  /**
   * What was read, with the stored values of what a read does not show.
   *
   * @param stored the state until now; null for none
   */
  static JsonNode kept(RestResource resource, @Nullable JsonNode stored, JsonNode shown) {
    if (stored == null || !(shown instanceof ObjectNode object)) {
      return shown;
    }
    ObjectNode out = object;
    for (String name : resource.shownOnce()) {
      JsonNode value = stored.path(name);
      boolean hidden = shown.path(name).isMissingNode() || shown.path(name).isNull();
      if (hidden && !value.isMissingNode() && !value.isNull()) {
        out = out == object ? object.deepCopy() : out;
        out.set(name, value);
      }
    }
    return out;
  }
}
