package dev.pawl.sandbox.inference;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.CreateFinder.Made;
import dev.pawl.sandbox.inference.ItemPaths.ItemPath;
import dev.pawl.sandbox.inference.Meaning.WhenAbsent;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives every operation its {@link Meaning}. */
final class MeaningFinder {
  private static final Set<String> UPDATE_VERBS = Set.of("update", "edit", "modify");

  private final KindFinder kinds;
  private final Shapes shapes;
  private final Envelopes envelopes;
  private final Set<String> written = new HashSet<>();
  private final Set<String> removable = new HashSet<>();
  private final Set<String> readable = new HashSet<>();
  private final Set<String> creating = new HashSet<>();
  private final Set<String> put = new HashSet<>();

  MeaningFinder(ApiDocument document) {
    this.kinds = new KindFinder(document);
    this.shapes = document.shapes();
    this.envelopes = new Envelopes(shapes);
    for (Operation operation : document.operations()) {
      String key = CanonicalPath.of(operation.path()).key();
      if (kinds.made(operation).isPresent()) {
        creating.add(key);
      }
      if (Set.of("PUT", "PATCH").contains(operation.method())) {
        put.add(key);
      }
      if (operation.method().equals("GET")) {
        readable.add(operation.path().text());
      }
      if (Set.of("PUT", "PATCH", "POST").contains(operation.method())) {
        written.add(operation.path().text());
      }
      boolean makes = operation.method().equals("POST") && operation.responses().containsKey(201);
      if (operation.method().equals("DELETE") || makes) {
        removable.add(operation.path().text());
      }
    }
  }

  Route route(Operation operation) {
    CanonicalPath path = CanonicalPath.of(operation.path());
    Optional<String> key =
        path.isItem() ? Optional.of(path.parameters().getLast()) : Optional.empty();
    List<Anchor> anchors =
        path.anchors().stream()
            .map(anchor -> new Anchor(kinds.find(anchor.kind()), anchor.parameter()))
            .toList();
    return new Route(operation, meaning(operation, path), anchors, key);
  }

  Optional<ResourceKind> kind(String name) {
    return kinds.kind(name);
  }

  private Meaning meaning(Operation operation, CanonicalPath path) {
    return switch (operation.method()) {
      case "GET", "HEAD" -> path.isItem() ? new Meaning.Read(kindOf(path)) : get(operation, path);
      case "DELETE" -> path.isItem() ? new Meaning.Delete(kindOf(path)) : delete(operation, path);
      case "PUT", "PATCH" -> path.isItem() ? update(operation, kindOf(path)) : put(operation, path);
      case "POST" -> post(operation, path);
      default -> new Meaning.Act(Optional.empty());
    };
  }

  private ResourceKind kindOf(CanonicalPath item) {
    return kinds.kind(item.key()).orElseThrow();
  }

  private Meaning update(Operation operation, ResourceKind kind) {
    boolean makes = operation.method().equals("PUT") && kinds.isUpsert(kind.name());
    return new Meaning.Update(kind, makes ? WhenAbsent.MAKE : WhenAbsent.REFUSE);
  }

  private Meaning put(Operation operation, CanonicalPath path) {
    return target(path)
        .filter(kind -> isOnItem(path) && isUpdateVerb(path))
        .<Meaning>map(kind -> new Meaning.Update(kind, WhenAbsent.REFUSE))
        .orElseGet(() -> isAction(operation) ? act(path) : new Meaning.WriteSetting());
  }

  /** A PUT on a path that can't be read back is an action in disguise. */
  private boolean isAction(Operation operation) {
    return operation.success().schema().isEmpty() && operation.body().isEmpty();
  }

  private Meaning post(Operation operation, CanonicalPath path) {
    Optional<Made> made = kinds.made(operation);
    if (made.isPresent()) {
      return new Meaning.Create(kinds.kind(made.get().itemKey()).orElseThrow());
    }
    if (path.isItem()) {
      ResourceKind kind = kindOf(path);
      boolean makes = kind.trait() != Trait.MADE;
      return new Meaning.Update(kind, makes ? WhenAbsent.MAKE : WhenAbsent.REFUSE);
    }
    if (isOnItem(path) && isUpdateVerb(path)) {
      return new Meaning.Update(target(path).orElseThrow(), WhenAbsent.REFUSE);
    }
    boolean readBack = readable.contains(operation.path().text());
    return readBack ? new Meaning.WriteSetting() : act(path);
  }

  private Meaning act(CanonicalPath path) {
    return new Meaning.Act(target(path));
  }

  private static boolean isUpdateVerb(CanonicalPath path) {
    return UPDATE_VERBS.contains(path.parts().getLast());
  }

  private static boolean isOnItem(CanonicalPath path) {
    return path.parts().size() > 1 && path.withoutLast().isItem();
  }

  /** The kind of the innermost item above a path. */
  private Optional<ResourceKind> target(CanonicalPath path) {
    List<Anchor> anchors = path.anchors();
    return anchors.isEmpty() ? Optional.empty() : kinds.kind(anchors.getLast().kind());
  }

  private Meaning get(Operation operation, CanonicalPath path) {
    Optional<ResourceKind> kind = collectionKind(path);
    Optional<Envelopes.Items> list =
        operation
            .success()
            .schema()
            .filter(schema -> kinds.kind(path.itemKey()).isPresent() || !isItem(schema, kind))
            .flatMap(schema -> envelopes.items(schema, path.noun(), references(kind)));
    boolean isBareItem = list.isEmpty() && kind.filter(one -> isNewest(one, path)).isPresent();
    if (kind.isPresent() && list.isPresent()) {
      return new Meaning.ListItems(kind.get());
    }
    if (isBareItem) {
      return new Meaning.ReadNewest(kind.get());
    }
    String text = operation.path().text();
    if (list.isPresent() && !written.contains(text) && looksLikeList(operation, list.get(), path)) {
      return new Meaning.ListNothing();
    }
    return new Meaning.ReadSetting(removable.contains(text) ? WhenAbsent.REFUSE : WhenAbsent.MAKE);
  }

  /** Whether a path without a key stands for the newest of a kind, rather than for a setting. */
  private boolean isNewest(ResourceKind kind, CanonicalPath path) {
    boolean own = kinds.find(path.itemKey()).equals(kind.name());
    String beside = kind.name().substring(0, kind.name().lastIndexOf('/'));
    boolean besideIt =
        beside
            .substring(0, beside.lastIndexOf('/') + 1)
            .equals(path.key().substring(0, path.key().lastIndexOf('/') + 1));
    return kind.trait() == Trait.MADE
        && (own || creating.contains(path.key()) || (besideIt && !put.contains(path.key())));
  }

  /** An item may hold lists of its own and is no list for that. */
  private boolean isItem(JsonNode schema, Optional<ResourceKind> kind) {
    return !Collections.disjoint(shapes.of(schema).references(), references(kind));
  }

  private boolean looksLikeList(Operation operation, Envelopes.Items list, CanonicalPath path) {
    return list.property().equals(Envelopes.BODY)
        || Names.sameNoun(list.property(), path.noun())
        || Names.plain(list.property()).equals("data")
        || operation.queryParameters().stream()
            .anyMatch(parameter -> Names.plain(parameter.name()).contains("page"));
  }

  private static Set<String> references(Optional<ResourceKind> kind) {
    return kind.map(ResourceKind::references).orElse(Set.of());
  }

  private Meaning delete(Operation operation, CanonicalPath path) {
    Optional<ResourceKind> kind = collectionKind(path);
    if (kind.isPresent() && kind.get().trait() == Trait.MADE) {
      return operation.queryParameters().isEmpty()
          ? new Meaning.DeleteNewest(kind.get())
          : new Meaning.DeleteMany(kind.get());
    }
    return readable.contains(operation.path().text()) ? new Meaning.DeleteSetting() : act(path);
  }

  /** The kind whose items a path without a key stands for: its own, or one that lives elsewhere. */
  private Optional<ResourceKind> collectionKind(CanonicalPath path) {
    Optional<ResourceKind> own = kinds.kind(path.itemKey());
    if (own.isPresent() || path.parts().isEmpty()) {
      return own;
    }
    return kinds.items().elsewhere(path).stream()
        .map(ItemPath::path)
        .flatMap(item -> kinds.kind(item.key()).stream())
        .filter(kind -> kind.trait() != Trait.GIVEN)
        .findFirst();
  }
}
