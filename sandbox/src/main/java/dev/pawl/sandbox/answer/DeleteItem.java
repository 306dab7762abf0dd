package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.state.Resource;
import java.util.List;

/** Removes one item, the newest, or all that a query selects. */
final class DeleteItem {
  private final Simulation simulation;

  DeleteItem(Simulation simulation) {
    this.simulation = simulation;
  }

  ApiAnswer run(ApiRequest request, ResourceKind kind) {
    Resource resource = simulation.required(request, kind);
    simulation.store().remove(resource);
    return answer(request, kind, resource);
  }

  ApiAnswer newest(ApiRequest request, ResourceKind kind) {
    List<Resource> made = simulation.store().list(kind.name(), simulation.anchors(request));
    if (made.isEmpty()) {
      throw Refusal.notFound(kind.noun());
    }
    simulation.store().remove(made.getLast());
    return answer(request, kind, made.getLast());
  }

  /**
   * Without a filter that means anything nothing is removed: a slip must not empty a collection.
   */
  ApiAnswer selected(ApiRequest request, ResourceKind kind) {
    Filter filter = Filter.of(request, simulation.views(), kind);
    DocumentedResponse success = request.route().operation().success();
    if (filter.isEmpty()) {
      throw new Refusal(400, "Say in the query which " + kind.noun() + " to delete.");
    }
    for (Resource resource : simulation.store().list(kind.name(), simulation.anchors(request))) {
      if (filter.accepts(resource.body())) {
        simulation.store().remove(resource);
      }
    }
    return ApiAnswer.of(success, simulation.write(success.schema(), nothing()));
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  private ApiAnswer answer(ApiRequest request, ResourceKind kind, Resource resource) {
    DocumentedResponse success = request.route().operation().success();
    ObjectNode body = resource.body().deepCopy();
    body.put("deleted", true);
    JsonNode written =
        simulation
            .views()
            .of(request.route(), kind)
            .map(
                view ->
                    simulation.write(
                        view.schema(),
                        view.wrap(view.keyed(body, resource.key())),
                        simulation.draft()))
            .orElseGet(() -> simulation.write(success.schema(), body));
    return ApiAnswer.of(success, written);
  }
}
