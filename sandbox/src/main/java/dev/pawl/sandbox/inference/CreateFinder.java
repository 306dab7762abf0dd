package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.DocumentedResponse;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.document.Shape;
import dev.pawl.sandbox.document.Shapes;
import dev.pawl.sandbox.inference.ItemPaths.ItemPath;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which POSTs make something, and under which item key it is then found. */
final class CreateFinder {
  private static final Set<String> CREATE_VERBS =
      Set.of("create", "new", "add", "import", "register");
  private static final Set<String> TRACES =
      Set.of("action", "actions", "operation", "operations", "command", "commands");

  /** So many members in common, and nearly all, are no accident. */
  private static final int SURELY = 5;

  private final Shapes shapes;
  private final Envelopes envelopes;
  private final ItemPaths items;
  private final List<Operation> operations;

  CreateFinder(ApiDocument document, ItemPaths items) {
    this.shapes = document.shapes();
    this.envelopes = new Envelopes(shapes);
    this.items = items;
    this.operations = document.operations();
  }

  /** What a POST makes: the key its items have, and whether they are resources or mere traces. */
  record Made(String itemKey, CanonicalPath collection, Trait trait) {}

  Optional<Made> find(Operation post) {
    CanonicalPath path = CanonicalPath.of(post.path());
    if (path.parts().isEmpty() || path.isItem()) {
      return Optional.empty();
    }
    Trait trait = TRACES.contains(Names.plain(path.parts().getLast())) ? Trait.TRACE : Trait.MADE;
    return onCollection(post, path, trait)
        .or(() -> onVerb(path))
        .or(() -> itemElsewhere(post, path, trait))
        .or(() -> onPart(post, path, trait))
        .or(() -> listOnly(post, path, trait));
  }

  /** A named part of a collection ({@code /numbers/local}): its things are found in the whole. */
  private Optional<Made> onPart(Operation post, CanonicalPath path, Trait trait) {
    if (path.parts().size() < 2 || path.withoutLast().isItem() || listedItem(post).isEmpty()) {
      return Optional.empty();
    }
    return items
        .get(path.withoutLast().itemKey())
        .filter(item -> item.isReadable() && showsTheSame(post, item))
        .map(item -> new Made(item.path().key(), path, trait));
  }

  private boolean showsTheSame(Operation post, ItemPath item) {
    Set<String> made = members(post);
    return operations.stream()
        .filter(o -> o.method().equals("GET"))
        .filter(o -> CanonicalPath.of(o.path()).key().equals(item.path().key()))
        .map(this::members)
        .anyMatch(
            read -> {
              long shared = made.stream().filter(read::contains).count();
              return shared >= SURELY && shared * 10 >= made.size() * 9L;
            });
  }

  private Set<String> members(Operation operation) {
    return operation
        .success()
        .schema()
        .map(schema -> shapes.of(schema).properties().keySet())
        .orElse(Set.of());
  }

  private Optional<Made> onCollection(Operation post, CanonicalPath path, Trait trait) {
    return items
        .get(path.itemKey())
        .filter(item -> item.isMoreThanAttached() || !answersWithParent(post, path))
        .filter(item -> !item.methods().equals(Set.of("POST")))
        .map(item -> new Made(path.itemKey(), path, trait));
  }

  /** Something attached to an item whose answer is that item makes nothing of its own. */
  private boolean answersWithParent(Operation post, CanonicalPath path) {
    List<Anchor> anchors = path.anchors();
    if (anchors.isEmpty()) {
      return false;
    }
    return items
        .get(anchors.getLast().kind())
        .filter(
            parent ->
                !Collections.disjoint(
                    parent.references(), items.responseReferences(post.success())))
        .isPresent();
  }

  private Optional<Made> onVerb(CanonicalPath path) {
    if (path.parts().size() < 2 || !CREATE_VERBS.contains(path.parts().getLast())) {
      return Optional.empty();
    }
    CanonicalPath collection = path.withoutLast();
    return items
        .get(collection.itemKey())
        .filter(ItemPath::isMoreThanAttached)
        .map(item -> new Made(collection.itemKey(), collection, Trait.MADE));
  }

  private Optional<Made> itemElsewhere(Operation post, CanonicalPath path, Trait trait) {
    DocumentedResponse success = post.success();
    if (success.status() == 204) {
      return Optional.empty();
    }
    return items.elsewhere(path).stream()
        .filter(item -> success.status() == 201 || answersWithItem(success, item))
        .findFirst()
        .map(item -> new Made(item.path().key(), path, trait));
  }

  private boolean answersWithItem(DocumentedResponse success, ItemPath item) {
    Set<String> answered = items.responseReferences(success);
    if (!answered.isEmpty() && !item.references().isEmpty()) {
      return !Collections.disjoint(answered, item.references());
    }
    ResourceKind kind =
        new ResourceKind(
            item.path().key(), item.path().noun(), item.parameter(), item.references(), Trait.MADE);
    return success.schema().isPresent()
        && envelopes
            .item(success.schema().get(), kind, Set.of())
            .flatMap(Envelopes.Item::key)
            .isPresent();
  }

  /** No item path anywhere, but the same path lists what was posted. */
  private Optional<Made> listOnly(Operation post, CanonicalPath path, Trait trait) {
    Optional<Shape> listed = listedItem(post);
    if (listed.isEmpty() || post.success().status() == 204) {
      return Optional.empty();
    }
    ResourceKind kind =
        new ResourceKind(path.itemKey(), path.noun(), "id", listed.get().references(), Trait.MADE);
    boolean made =
        post.success()
            .schema()
            .map(
                schema ->
                    envelopes
                        .item(schema, kind, Set.of())
                        .filter(item -> isListed(item, listed.get(), path.noun()))
                        .isPresent())
            .orElse(true);
    return made ? Optional.of(new Made(path.itemKey(), path, trait)) : Optional.empty();
  }

  /** The answer and the list speak of one thing: both name its key, or both have one schema. */
  private boolean isListed(Envelopes.Item item, Shape listed, String noun) {
    boolean bothKeyed =
        item.key().isPresent() && KeyField.find(shapes, listed, "id", noun).isPresent();
    return bothKeyed || item.shape().sharesReference(listed);
  }

  private Optional<Shape> listedItem(Operation post) {
    return operations.stream()
        .filter(operation -> operation.method().equals("GET"))
        .filter(operation -> operation.path().text().equals(post.path().text()))
        .flatMap(get -> get.success().schema().stream())
        .flatMap(
            schema ->
                envelopes.items(schema, CanonicalPath.of(post.path()).noun(), Set.of()).stream())
        .map(items -> shapes.of(items.itemSchema()))
        .filter(item -> !item.isScalar())
        .findFirst();
  }
}
