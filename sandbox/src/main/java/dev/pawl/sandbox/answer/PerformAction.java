package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.Anchor;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import dev.pawl.sandbox.state.Resource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Answers what makes nothing; an answer in the form of the item it acts on is that item, changed.
 */
final class PerformAction {
  private final Simulation simulation;
  private final UpdateItem update;

  PerformAction(Simulation simulation, UpdateItem update) {
    this.simulation = simulation;
    this.update = update;
  }

  ApiAnswer run(ApiRequest request, Optional<ResourceKind> target) {
    Map<String, String> anchors = simulation.anchors(request);
    DocumentedResponse success = request.route().operation().success();
    Optional<Resource> item = target.flatMap(kind -> item(request, kind, anchors));
    if (item.isPresent() && success.schema().isPresent()) {
      Optional<View> view = sameItem(request, target.orElseThrow(), success.schema().get());
      if (view.isPresent()) {
        return changed(request, target.orElseThrow(), item.get(), view.get());
      }
    }
    ObjectNode fields = JsonText.object();
    request.parameters().forEach(fields::put);
    request.body().properties().forEach(field -> fields.set(field.getKey(), field.getValue()));
    return ApiAnswer.of(success, simulation.write(success.schema(), fields));
  }

  private Optional<Resource> item(
      ApiRequest request, ResourceKind kind, Map<String, String> anchors) {
    if (kind.trait() != Trait.MADE) {
      return Optional.empty();
    }
    List<Anchor> above = request.route().anchors();
    String key = anchors.get(above.getLast().kind());
    return key == null ? Optional.empty() : simulation.store().find(kind.name(), key, Map.of());
  }

  /** The response as a view of the item, when it has the schema that reading the item has. */
  private Optional<View> sameItem(ApiRequest request, ResourceKind kind, JsonNode schema) {
    return simulation
        .views()
        .of(request.route(), kind)
        .filter(view -> view.schema().equals(schema))
        .filter(
            view ->
                simulation.views().of(kind).stream()
                    .anyMatch(shown -> shown.item().sharesReference(view.item())));
  }

  private ApiAnswer changed(ApiRequest request, ResourceKind kind, Resource item, View view) {
    ObjectNode fields = new Source(simulation.views()).of(request, kind);
    Resource after = update.change(request, item, kind, fields);
    ObjectNode body = view.keyed(simulation.visible(after), after.key());
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(
        success, simulation.write(view.schema(), view.wrap(body), simulation.draft()));
  }
}
