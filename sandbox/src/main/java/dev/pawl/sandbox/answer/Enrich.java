package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.ResourceKind;
import java.util.List;
import java.util.Map;

/** Completes what a request says of a thing into all that any response may later show of it. */
final class Enrich {
  private final Simulation simulation;

  Enrich(Simulation simulation) {
    this.simulation = simulation;
  }

  /** Invented values go into the answer once and stay, so that every later view shows the same. */
  ObjectNode run(
      ResourceKind kind, ObjectNode source, String key, Map<String, JsonNode> transitions) {
    List<View> views = simulation.views().of(kind);
    ObjectNode body = simulation.views().of(kind).isEmpty() ? source.deepCopy() : empty();
    for (View view : views) {
      ObjectNode known = source.deepCopy();
      known.setAll(body);
      view.keyed(known, key);
      Draft draft = simulation.draft();
      JsonNode written = view.unwrap(simulation.write(view.schema(), view.wrap(known), draft));
      written
          .properties()
          .forEach(
              field -> {
                if (!body.has(field.getKey())) {
                  body.set(field.getKey(), field.getValue());
                }
              });
      draft
          .transitions()
          .forEach(
              (pointer, value) ->
                  view.insideItem(pointer)
                      .filter(inside -> !body.at(inside).isMissingNode())
                      .ifPresent(inside -> transitions.putIfAbsent(inside, value)));
    }
    return body;
  }

  private static ObjectNode empty() {
    return JsonText.object();
  }
}
