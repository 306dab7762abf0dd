package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.inference.Meaning.WhenAbsent;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.Route;
import dev.pawl.sandbox.state.Resource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Changes what the request names of an item; a PUT may make the item first. */
final class UpdateItem {
  private final Simulation simulation;
  private final CreateItem create;
  private final Source source;

  UpdateItem(Simulation simulation, CreateItem create) {
    this.simulation = simulation;
    this.create = create;
    this.source = new Source(simulation.views());
  }

  ApiAnswer run(ApiRequest request, ResourceKind kind, WhenAbsent absent) {
    ApiRequest onItem = request.key().isPresent() ? request : onItemAbove(request);
    Map<String, String> anchors = simulation.anchors(onItem);
    String key = onItem.key().orElseThrow();
    Optional<Resource> known =
        simulation.find(kind, onItem.route().keyParameter().orElseThrow(), key, anchors);
    if (known.isEmpty() && absent == WhenAbsent.REFUSE) {
      throw Refusal.notFound(kind.noun() + " " + key);
    }
    ObjectNode fields = source.of(onItem, kind);
    onItem.route().keyParameter().ifPresent(fields::remove);
    Resource after =
        known.isPresent()
            ? change(onItem, known.get(), kind, fields)
            : create.make(onItem, kind, anchors, fields, Optional.of(key));
    return new ReadItem(simulation).show(request, kind, after);
  }

  /** {@code POST /things/{id}/update} is about the thing above. */
  private static ApiRequest onItemAbove(ApiRequest request) {
    var anchors = request.route().anchors();
    var route =
        new Route(
            request.route().operation(),
            request.route().meaning(),
            anchors.subList(0, anchors.size() - 1),
            Optional.of(anchors.getLast().parameter()));
    return new ApiRequest(
        route,
        request.origin(),
        request.path(),
        request.parameters(),
        request.query(),
        request.body());
  }

  Resource change(ApiRequest request, Resource resource, ResourceKind kind, ObjectNode fields) {
    withoutServerFields(request, kind, fields);
    ObjectNode body = resource.body().deepCopy();
    for (View view : simulation.views().of(kind)) {
      ObjectNode known = fields.deepCopy();
      view.key().ifPresent(key -> known.put(key.name(), resource.key()));
      JsonNode written =
          view.unwrap(simulation.write(view.schema(), view.wrap(known), simulation.draft()));
      written.properties().forEach(field -> take(field, fields, body, view));
    }
    Map<String, JsonNode> transitions = new HashMap<>(resource.transitions());
    fields
        .fieldNames()
        .forEachRemaining(
            name -> transitions.keySet().removeIf(pointer -> pointer.startsWith("/" + name)));
    Resource changed = resource.withBody(body, transitions);
    simulation.store().put(changed);
    return changed;
  }

  private void withoutServerFields(ApiRequest request, ResourceKind kind, ObjectNode fields) {
    Set<String> writable = simulation.views().writableFields(request.route().operation());
    fields.remove(
        simulation.views().readOnlyFields(kind).stream()
            .filter(name -> !writable.contains(Names.plain(name)))
            .toList());
  }

  /** Only what the request speaks of changes, and the time of the last change. */
  private void take(
      Map.Entry<String, JsonNode> written, ObjectNode fields, ObjectNode body, View view) {
    String name = written.getKey();
    boolean isKey = view.key().filter(key -> key.name().equals(name)).isPresent();
    boolean said =
        fields
            .propertyStream()
            .anyMatch(field -> Names.plain(field.getKey()).equals(Names.plain(name)));
    boolean touched = body.has(name) && Scalars.isChange(name) && !said;
    if ((said && !isKey) || touched) {
      body.set(name, written.getValue());
    }
  }
}
