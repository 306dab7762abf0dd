package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.inference.Anchor;
import dev.pawl.sandbox.inference.Envelopes;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import dev.pawl.sandbox.state.Resource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes a new resource, whatever was made before: only a key the client chose can be taken. */
final class CreateItem {
  private final Simulation simulation;
  private final Enrich enrich;
  private final Source source;
  private final ItemPathFinder paths;

  CreateItem(Simulation simulation) {
    this.simulation = simulation;
    this.enrich = new Enrich(simulation);
    this.source = new Source(simulation.views());
    this.paths = new ItemPathFinder(simulation.catalog());
  }

  ApiAnswer run(ApiRequest request, ResourceKind kind) {
    Map<String, String> anchors = simulation.anchors(request);
    ObjectNode fields = source.of(request, kind);
    if (kind.trait() == Trait.TRACE) {
      nameTarget(request, anchors, fields);
    }
    DocumentedResponse success = request.route().operation().success();
    if (request.body() instanceof ArrayNode many) {
      return makeEach(request, kind, anchors, many);
    }
    Optional<Envelopes.Items> answersWithMany =
        fields.path("names").isArray() && !fields.has("name")
            ? success.schema().flatMap(schema -> simulation.views().items(schema, kind))
            : Optional.empty();
    if (answersWithMany.isPresent()) {
      return makeNamed(request, kind, anchors, fields, answersWithMany.get());
    }
    Resource made = make(request, kind, anchors, fields, chosenKey(request, kind, fields));
    return answer(request, kind, made);
  }

  /** An action says what it acts on. */
  private static void nameTarget(
      ApiRequest request, Map<String, String> anchors, ObjectNode fields) {
    List<Anchor> above = request.route().anchors();
    String key = above.isEmpty() ? null : anchors.get(above.getLast().kind());
    if (key != null && !fields.has("resource_id")) {
      fields.put("resource_id", key);
    }
  }

  /** One resource for each of {@code names}. */
  private ApiAnswer makeNamed(
      ApiRequest request,
      ResourceKind kind,
      Map<String, String> anchors,
      ObjectNode fields,
      Envelopes.Items items) {
    ArrayNode made = fields.arrayNode();
    JsonNode names = fields.remove("names");
    for (JsonNode name : names) {
      ObjectNode one = fields.deepCopy();
      one.set("name", name);
      made.add(simulation.visible(make(request, kind, anchors, one, Optional.empty())));
    }
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(
        success, simulation.write(success.schema(), JsonText.object().set(items.property(), made)));
  }

  /** A body that is a list makes each of its elements. */
  private ApiAnswer makeEach(
      ApiRequest request, ResourceKind kind, Map<String, String> anchors, ArrayNode many) {
    ArrayNode made = many.arrayNode();
    for (JsonNode element : many) {
      if (element instanceof ObjectNode fields) {
        made.add(simulation.visible(make(request, kind, anchors, fields, Optional.empty())));
      }
    }
    DocumentedResponse success = request.route().operation().success();
    return ApiAnswer.of(success, simulation.write(success.schema(), made));
  }

  /** The key, when the request may say it and does. */
  private Optional<String> chosenKey(ApiRequest request, ResourceKind kind, ObjectNode fields) {
    Optional<View> view = simulation.views().keyView(kind);
    if (view.isEmpty()) {
      return Optional.empty();
    }
    String name = view.get().key().orElseThrow().name();
    Shape shape =
        Optional.ofNullable(view.get().item().properties().get(name))
            .map(simulation.views().shapes()::of)
            .orElse(Shape.ANY);
    String plain = Names.plain(name);
    boolean mayBeSaid =
        simulation.views().requestFields(request.route().operation()).contains(plain)
            || request.route().operation().queryParameters().stream()
                .anyMatch(parameter -> Names.plain(parameter.name()).equals(plain));
    if (!mayBeSaid || shape.readOnly()) {
      return Optional.empty();
    }
    return fields
        .propertyStream()
        .filter(field -> Names.plain(field.getKey()).equals(plain))
        .map(Map.Entry::getValue)
        .filter(value -> value.isValueNode() && !value.isNull() && !value.asText().isEmpty())
        .map(JsonNode::asText)
        .findFirst();
  }

  /** Makes one resource; a Refusal with 409 when the chosen key is taken. */
  Resource make(
      ApiRequest request,
      ResourceKind kind,
      Map<String, String> anchors,
      ObjectNode fields,
      Optional<String> chosen) {
    chosen
        .flatMap(key -> simulation.store().find(kind.name(), key, anchors))
        .ifPresent(
            taken -> {
              throw new Refusal(409, kind.noun() + " " + taken.key() + " already exists.");
            });
    long number = simulation.store().nextNumber();
    String key =
        chosen.orElseGet(
            () ->
                new Identities(simulation.views().shapes())
                    .next(kind, simulation.views().keyView(kind), number));
    if (chosen.isEmpty()) {
      withoutServerFields(request, kind, fields);
    }
    Map<String, JsonNode> transitions = new HashMap<>();
    ObjectNode body = enrich.run(kind, fields, key, transitions);
    Resource made =
        new Resource(
            number,
            kind.name(),
            key,
            anchors,
            paths.pathOf(request, kind, key, anchors),
            body,
            simulation.draft().now().truncatedTo(ChronoUnit.MILLIS),
            transitions,
            kind.trait());
    simulation.store().put(made);
    return made;
  }

  /** What the server decides is not taken from a request that speaks of it all the same. */
  private void withoutServerFields(ApiRequest request, ResourceKind kind, ObjectNode fields) {
    Set<String> writable = simulation.views().writableFields(request.route().operation());
    List<String> decided = new ArrayList<>(simulation.views().readOnlyFields(kind));
    for (View view : simulation.views().of(kind)) {
      view.key().ifPresent(key -> decided.add(key.name()));
    }
    decided.removeIf(name -> writable.contains(Names.plain(name)));
    fields.remove(decided);
  }

  ApiAnswer answer(ApiRequest request, ResourceKind kind, Resource made) {
    DocumentedResponse success = request.route().operation().success();
    ObjectNode body = simulation.visible(made);
    JsonNode written =
        simulation
            .views()
            .of(request.route(), kind)
            .map(view -> shown(view, kind, body, made.key()))
            .orElseGet(() -> simulation.write(success.schema(), body));
    boolean tellsWhere =
        success.hasHeader("Location") || (success.status() == 201 && written.isMissingNode());
    Map<String, String> headers = tellsWhere ? Map.of("Location", made.path()) : Map.of();
    return ApiAnswer.of(success, success.schema().isPresent() ? written : nothing()).with(headers);
  }

  private static JsonNode nothing() {
    return MissingNode.getInstance();
  }

  private JsonNode shown(View view, ResourceKind kind, ObjectNode body, String key) {
    JsonNode written =
        simulation.write(view.schema(), view.wrap(view.keyed(body, key)), simulation.draft());
    // Some documents forget the id in the answer to a create; no service does.
    if (view.key().isEmpty() && view.unwrap(written) instanceof ObjectNode item) {
      simulation
          .views()
          .keyView(kind)
          .flatMap(View::key)
          .filter(field -> body.has(field.name()) && !item.has(field.name()))
          .ifPresent(field -> item.set(field.name(), body.get(field.name())));
    }
    return written;
  }
}
