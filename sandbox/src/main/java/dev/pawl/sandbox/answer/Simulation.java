package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.inference.Anchor;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import dev.pawl.sandbox.state.Resource;
import dev.pawl.sandbox.state.Store;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What every verb needs: the document, what was made, and the time. */
final class Simulation {
  private static final List<String> OTHER_NAMES =
      List.of("name", "slug", "fingerprint", "id", "uuid");

  private final Store store;
  private final Catalog catalog;
  private final Views views;
  private final BodyWriter writer;
  private final Clock clock;
  private final Duration readyAfter;
  private final Parents parents;

  Simulation(
      ApiDocument document,
      Catalog catalog,
      Store store,
      Clock clock,
      Duration readyAfter,
      Parents parents) {
    this.store = store;
    this.catalog = catalog;
    this.views = new Views(catalog, document.shapes());
    this.writer = new BodyWriter(document.shapes());
    this.clock = clock;
    this.readyAfter = readyAfter;
    this.parents = parents;
  }

  Store store() {
    return store;
  }

  Views views() {
    return views;
  }

  Catalog catalog() {
    return catalog;
  }

  Draft draft() {
    return new Draft(clock.instant());
  }

  JsonNode write(JsonNode schema, JsonNode source, Draft draft) {
    return writer.write(schema, source, draft);
  }

  JsonNode write(Optional<JsonNode> schema, JsonNode source) {
    return schema
        .map(one -> writer.write(one, source, draft()))
        .orElseGet(MissingNode::getInstance);
  }

  /** The resource as it looks now: with its values for "not yet" until it is ready. */
  ObjectNode visible(Resource resource) {
    var body = resource.body().deepCopy();
    if (clock.instant().isBefore(resource.createdAt().plus(readyAfter))) {
      resource.transitions().forEach((pointer, value) -> Pointers.set(body, pointer, value));
    }
    return body;
  }

  /** The keys of the items a path lies under. A Refusal when one that requests make isn't there. */
  Map<String, String> anchors(ApiRequest request) {
    Map<String, String> keys = new HashMap<>();
    for (Anchor anchor : request.route().anchors()) {
      String value = String.valueOf(request.parameters().get(anchor.parameter()));
      Optional<ResourceKind> kind = catalog.kind(anchor.kind());
      if (kind.filter(one -> one.trait() == Trait.MADE).isPresent()) {
        Optional<Resource> parent = find(kind.get(), anchor.parameter(), value, keys);
        if (parent.isEmpty() && parents == Parents.MUST_EXIST) {
          throw Refusal.notFound(kind.get().noun() + " " + value);
        }
        keys.put(anchor.kind(), parent.map(Resource::key).orElse(value));
      } else {
        keys.put(anchor.kind(), value);
      }
    }
    return keys;
  }

  /** Finds by key, or by another identifying field where the parameter's name speaks of one. */
  Optional<Resource> find(
      ResourceKind kind, String parameter, String value, Map<String, String> anchors) {
    Optional<Resource> byKey = store.find(kind.name(), value, anchors);
    String plain = Names.plain(parameter);
    boolean manyNames =
        plain.contains("name")
            || plain.contains("slug")
            || plain.contains("identifier")
            || plain.contains("fingerprint");
    return byKey.isPresent() || !manyNames
        ? byKey
        : store.list(kind.name(), anchors).stream()
            .filter(
                resource ->
                    OTHER_NAMES.stream()
                        .anyMatch(name -> resource.body().path(name).asText().equals(value)))
            .findFirst();
  }

  /** The item a request's path names. A Refusal when it isn't there. */
  Resource required(ApiRequest request, ResourceKind kind) {
    String value = request.key().orElseThrow();
    return find(kind, request.route().keyParameter().orElseThrow(), value, anchors(request))
        .orElseThrow(() -> Refusal.notFound(kind.noun() + " " + value));
  }
}
