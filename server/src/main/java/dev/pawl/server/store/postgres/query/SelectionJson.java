package dev.pawl.server.store.postgres.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.run.Selection;

/** What a retry was asked to run, as its attempt's row keeps it; what is not given is left out. */
final class SelectionJson {
  private SelectionJson() {}

  static ObjectNode write(Selection selection) {
    ObjectNode out = Json.object();
    Fields.put(out, "from", selection.fromStep());
    if (selection.isExact()) {
      selection.steps().forEach(out.putArray("steps")::add);
    }
    if (selection.recreate()) {
      out.put("recreate", true);
    }
    return out;
  }

  static Selection read(JsonNode in) {
    return new Selection(
        Fields.text(in, "from"),
        Fields.texts(in.path("steps")),
        in.path("recreate").asBoolean(false));
  }
}
