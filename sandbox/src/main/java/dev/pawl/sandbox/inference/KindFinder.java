package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.inference.CreateFinder.Made;
import dev.pawl.sandbox.inference.ItemPaths.ItemPath;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Groups item paths that show the same things into kinds. */
final class KindFinder {
  private static final Set<String> COMMON_PARAMETERS =
      Set.of("id", "uuid", "name", "sid", "key", "token");

  private final ItemPaths items;
  private final CreateFinder creates;
  private final Map<String, String> representative = new HashMap<>();
  private final Map<Operation, Made> made = new LinkedHashMap<>();
  private final Map<String, ResourceKind> kinds = new HashMap<>();
  private final Set<String> madeByPut = new HashSet<>();
  private final Set<String> perhapsByPut = new HashSet<>();

  KindFinder(ApiDocument document) {
    this.items = new ItemPaths(document);
    this.creates = new CreateFinder(document, items);
    document.operations().stream()
        .filter(operation -> operation.method().equals("POST"))
        .forEach(post -> creates.find(post).ifPresent(found -> made.put(post, found)));
    made.forEach(this::joinElsewhere);
    joinNamesakes();
    document.operations().forEach(this::markUpserts);
  }

  Optional<Made> made(Operation post) {
    return Optional.ofNullable(made.get(post));
  }

  ItemPaths items() {
    return items;
  }

  /**
   * The kind an item key belongs to; empty for a key that is no item path and that nothing makes.
   */
  Optional<ResourceKind> kind(String itemKey) {
    String name = find(itemKey);
    boolean isKnown =
        items.has(itemKey)
            || made.values().stream().anyMatch(one -> find(one.itemKey()).equals(name));
    return isKnown ? Optional.of(kinds.computeIfAbsent(name, this::describe)) : Optional.empty();
  }

  private ResourceKind describe(String name) {
    Optional<ItemPath> item = items.get(name);
    Set<String> references =
        item.map(ItemPath::references).filter(found -> !found.isEmpty()).orElse(Set.of());
    String noun = name.substring(0, name.lastIndexOf('/'));
    noun = noun.substring(noun.lastIndexOf('/') + 1);
    return new ResourceKind(
        name, noun, item.map(ItemPath::parameter).orElse("id"), references, trait(name));
  }

  private Trait trait(String name) {
    Trait trait = Trait.GIVEN;
    for (Made one : made.values()) {
      if (find(one.itemKey()).equals(name)) {
        trait = trait == Trait.MADE ? trait : one.trait();
      }
    }
    return trait == Trait.GIVEN && madeByPut.contains(name) ? Trait.MADE : trait;
  }

  /** A PUT that answers 201 makes the item; so may one on items that nothing else makes. */
  private void markUpserts(Operation operation) {
    CanonicalPath path = CanonicalPath.of(operation.path());
    if (path.isItem() && operation.method().equals("PUT")) {
      String name = find(path.key());
      boolean posted = made.values().stream().anyMatch(one -> find(one.itemKey()).equals(name));
      if (operation.responses().containsKey(201)) {
        madeByPut.add(name);
      } else if (!posted && hasCollection(path)) {
        perhapsByPut.add(name);
      }
    }
  }

  /** Settings per item have PUT too; only a listed or deletable thing is made by it. */
  private boolean hasCollection(CanonicalPath path) {
    return items.get(path.key()).filter(item -> item.methods().contains("DELETE")).isPresent();
  }

  boolean isUpsert(String itemKey) {
    String name = find(itemKey);
    return madeByPut.contains(name) || perhapsByPut.contains(name);
  }

  private void joinElsewhere(Operation post, Made one) {
    boolean direct = items.has(one.collection().itemKey());
    if (direct && post.success().schema().isEmpty()) {
      // Attaching a thing answers nothing; what it attaches is not made here.
      return;
    }
    for (ItemPath other : items.elsewhere(one.collection())) {
      Optional<ItemPath> own = items.get(one.itemKey());
      boolean alike =
          own.isEmpty()
              || !other.isReadable()
              || !own.get().isReadable()
              || !Collections.disjoint(own.get().references(), other.references());
      if (!direct || alike) {
        join(one.itemKey(), other.path().key());
      }
    }
  }

  /** Two item paths that end in the same telling parameter and answer with the same schema. */
  private void joinNamesakes() {
    for (ItemPath first : items.all()) {
      for (ItemPath second : items.all()) {
        boolean namesake =
            first != second
                && first.parameter().equals(second.parameter())
                && !COMMON_PARAMETERS.contains(Names.plain(first.parameter()));
        if (namesake && !Collections.disjoint(first.references(), second.references())) {
          join(first.path().key(), second.path().key());
        }
      }
    }
  }

  private void join(String first, String second) {
    String one = find(first);
    String other = find(second);
    if (!one.equals(other)) {
      boolean otherLeads = rank(other) > rank(one);
      representative.put(otherLeads ? one : other, otherLeads ? other : one);
    }
  }

  /** A readable path leads, and among those one whose collection takes POSTs. */
  private int rank(String key) {
    int rank = items.get(key).filter(ItemPath::isReadable).isPresent() ? 2 : 0;
    String collection = key.substring(0, key.lastIndexOf('/'));
    boolean posted =
        made.values().stream().anyMatch(one -> one.collection().key().equals(collection));
    return posted ? rank + 1 : rank;
  }

  String find(String key) {
    String current = key;
    while (representative.containsKey(current)) {
      current = representative.get(current);
    }
    return current;
  }
}
