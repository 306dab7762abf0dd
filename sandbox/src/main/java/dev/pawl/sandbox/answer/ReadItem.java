package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.state.Resource;
import java.util.List;

/** Shows an item as the operation documents it. */
final class ReadItem {
  private final Simulation simulation;

  ReadItem(Simulation simulation) {
    this.simulation = simulation;
  }

  ApiAnswer run(ApiRequest request, ResourceKind kind) {
    return show(request, kind, simulation.required(request, kind));
  }

  ApiAnswer newest(ApiRequest request, ResourceKind kind) {
    List<Resource> made = simulation.store().list(kind.name(), simulation.anchors(request));
    if (made.isEmpty()) {
      throw Refusal.notFound(kind.noun());
    }
    return show(request, kind, made.getLast());
  }

  ApiAnswer show(ApiRequest request, ResourceKind kind, Resource resource) {
    DocumentedResponse success = request.route().operation().success();
    ObjectNode body = simulation.visible(resource);
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
