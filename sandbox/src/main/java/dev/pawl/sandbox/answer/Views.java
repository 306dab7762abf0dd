package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.Catalog;
import dev.pawl.sandbox.inference.Envelopes;
import dev.pawl.sandbox.inference.KeyField;
import dev.pawl.sandbox.inference.Meaning;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import dev.pawl.sandbox.inference.Route;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** All the ways in which a document shows the items of a kind. */
final class Views {
  private final Catalog catalog;
  private final Envelopes envelopes;
  private final Shapes shapes;
  private final Map<String, List<View>> byKind = new ConcurrentHashMap<>();
  private final Map<Operation, Optional<View>> byOperation = new ConcurrentHashMap<>();

  Views(Catalog catalog, Shapes shapes) {
    this.catalog = catalog;
    this.shapes = shapes;
    this.envelopes = new Envelopes(shapes);
  }

  /** How the operation's success response shows an item; empty when it doesn't. */
  Optional<View> of(Route route, ResourceKind kind) {
    return byOperation.computeIfAbsent(
        route.operation(), operation -> find(operation, kind).map(view -> settled(view, kind)));
  }

  /** A merely usual key field counts only where it is the one by which the kind is found. */
  private View settled(View view, ResourceKind kind) {
    Optional<String> name = keyView(kind).flatMap(View::key).map(KeyField::name);
    boolean stays =
        view.key().filter(key -> key.certain() || name.equals(Optional.of(key.name()))).isPresent();
    return stays ? view : new View(view.schema(), view.property(), view.item(), Optional.empty());
  }

  private Optional<View> find(Operation operation, ResourceKind kind) {
    return operation
        .success()
        .schema()
        .flatMap(
            schema ->
                envelopes
                    .item(schema, kind, requestFields(operation))
                    .map(item -> new View(schema, item.property(), item.shape(), item.key())));
  }

  /** Fields the request may set, whatever the answers say of them. */
  Set<String> writableFields(Operation operation) {
    Set<String> names = new HashSet<>();
    operation
        .body()
        .ifPresent(
            body ->
                envelopes
                    .allProperties(shapes.of(body.schema()))
                    .forEach(
                        (name, schema) -> {
                          if (!shapes.of(schema).readOnly()) {
                            names.add(Names.plain(name));
                          }
                        }));
    return names;
  }

  /** Fields that some answer calls read-only. */
  Set<String> readOnlyFields(ResourceKind kind) {
    Set<String> names = new HashSet<>();
    for (View view : of(kind)) {
      view.item()
          .properties()
          .forEach(
              (name, schema) -> {
                if (shapes.of(schema).readOnly()) {
                  names.add(name);
                }
              });
    }
    return names;
  }

  Set<String> requestFields(Operation operation) {
    Set<String> names = new HashSet<>();
    operation
        .body()
        .ifPresent(
            body ->
                envelopes
                    .allProperties(shapes.of(body.schema()))
                    .keySet()
                    .forEach(name -> names.add(Names.plain(name))));
    return names;
  }

  /**
   * Every view of the kind: how it is read comes first, then how it is listed, made and changed.
   */
  List<View> of(ResourceKind kind) {
    return raw(kind).stream().map(view -> settled(view, kind)).toList();
  }

  private List<View> raw(ResourceKind kind) {
    return byKind.computeIfAbsent(kind.name(), name -> collect(kind));
  }

  private List<View> collect(ResourceKind kind) {
    List<View> views = new ArrayList<>();
    for (Route route : catalog.routes()) {
      if (route.meaning() instanceof Meaning.Read read && read.kind().equals(kind)) {
        find(route.operation(), kind).ifPresent(views::add);
      }
    }
    for (Route route : catalog.routes()) {
      if (route.meaning() instanceof Meaning.ListItems list && list.kind().equals(kind)) {
        listed(route, kind).ifPresent(views::add);
      }
    }
    for (Route route : catalog.routes()) {
      if (writes(route.meaning(), kind)) {
        find(route.operation(), kind).ifPresent(views::add);
      }
    }
    return List.copyOf(views);
  }

  private static boolean writes(Meaning meaning, ResourceKind kind) {
    return (meaning instanceof Meaning.Create create && create.kind().equals(kind))
        || (meaning instanceof Meaning.Update update && update.kind().equals(kind));
  }

  Optional<Envelopes.Items> items(JsonNode schema, ResourceKind kind) {
    return envelopes.items(schema, kind.noun(), kind.references());
  }

  /** The items of a list, each seen as a body of its own. */
  private Optional<View> listed(Route route, ResourceKind kind) {
    return route
        .operation()
        .success()
        .schema()
        .flatMap(schema -> items(schema, kind))
        .filter(items -> !shapes.of(items.itemSchema()).isScalar())
        .map(items -> rawItem(items.itemSchema(), kind));
  }

  View listedItem(Envelopes.Items items, ResourceKind kind) {
    JsonNode schema = items.itemSchema();
    return settled(rawItem(schema, kind), kind);
  }

  private View rawItem(JsonNode schema, ResourceKind kind) {
    return new View(schema, Envelopes.BODY, envelopes.shape(schema), envelopes.key(schema, kind));
  }

  /** The view whose key field is the most telling; it decides what a key looks like. */
  Optional<View> keyView(ResourceKind kind) {
    List<View> views = raw(kind).stream().filter(view -> view.key().isPresent()).toList();
    return views.stream()
        .filter(view -> view.key().orElseThrow().certain())
        .findFirst()
        .or(() -> views.stream().findFirst());
  }

  Shapes shapes() {
    return shapes;
  }
}
