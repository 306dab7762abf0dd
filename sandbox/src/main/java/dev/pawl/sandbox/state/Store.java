package dev.pawl.sandbox.state;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.inference.Names;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Everything that was made. Its methods are called inside {@link #transaction}, which runs one at a
 * time and returns only when the changes are on disk.
 */
public final class Store implements AutoCloseable {
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Map<Long, Resource> resources = new TreeMap<>();
  private final Map<String, Map<Long, Resource>> byKind = new HashMap<>();
  private final Map<String, Map<Long, Resource>> byKey = new HashMap<>();
  private final Map<String, JsonNode> settings = new TreeMap<>();
  private final List<Change> pending = new ArrayList<>();
  private final @Nullable Journal journal;
  private String uuid = UUID.randomUUID().toString();
  private long number;

  private Store(@Nullable Journal journal) {
    this.journal = journal;
  }

  /** Keeps nothing after {@link #close}. */
  public static Store inMemory() {
    return new Store(null);
  }

  /** Throws SandboxException when the directory is in use, damaged or not writable. */
  public static Store in(Path directory, String document) {
    Journal journal = Journal.open(directory);
    try {
      Store store = new Store(journal);
      journal.recovered().forEach(store::replay);
      journal.restart(store.snapshot(document));
      return store;
    } catch (RuntimeException e) {
      journal.close();
      throw e;
    }
  }

  public String uuid() {
    return uuid;
  }

  /** Runs the work alone; its changes are durable when this returns. */
  public <T> T transaction(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      flush();
      lock.unlock();
    }
  }

  /** Also after a failure half-way: the journal says what memory holds. */
  private void flush() {
    try {
      if (journal != null) {
        journal.append(pending);
      }
    } finally {
      pending.clear();
    }
  }

  /** A number that was never given out before, from 1. */
  public long nextNumber() {
    number++;
    pending.add(new Change.Counted(number));
    return number;
  }

  public void put(Resource resource) {
    apply(new Change.Put(resource));
  }

  /** Removes the resource with everything that was made under it. */
  public void remove(Resource resource) {
    for (Resource other : List.copyOf(resources.values())) {
      if (resource.key().equals(other.anchors().get(resource.kind()))
          && holds(other, withoutKind(resource.anchors(), other))) {
        remove(other);
      }
    }
    apply(new Change.Removed(resource.number()));
  }

  private static Map<String, String> withoutKind(Map<String, String> anchors, Resource other) {
    Map<String, String> known = new HashMap<>(anchors);
    known.keySet().retainAll(other.anchors().keySet());
    return known;
  }

  public Optional<JsonNode> setting(String path) {
    return Optional.ofNullable(settings.get(path));
  }

  public void putSetting(String path, JsonNode body) {
    apply(new Change.SettingPut(path, body));
  }

  public void removeSetting(String path) {
    apply(new Change.SettingRemoved(path));
  }

  /** All of them, oldest first. */
  public List<Resource> all() {
    return List.copyOf(resources.values());
  }

  /** Those of a kind under the given items, oldest first. */
  public List<Resource> list(String kind, Map<String, String> anchors) {
    return byKind.getOrDefault(kind, Map.of()).values().stream()
        .filter(resource -> holds(resource, anchors))
        .toList();
  }

  public Optional<Resource> find(String kind, String key, Map<String, String> anchors) {
    return byKey.getOrDefault(index(kind, key), Map.of()).values().stream()
        .filter(resource -> holds(resource, anchors))
        .findFirst();
  }

  /**
   * Whether the resource is under these items: it was made there, what it was made under was, or it
   * names the item in a field called after the item's kind.
   */
  private boolean holds(Resource resource, Map<String, String> anchors) {
    return anchors.entrySet().stream()
        .allMatch(anchor -> isUnder(resource, anchor.getKey(), anchor.getValue(), 0));
  }

  private boolean isUnder(Resource resource, String kind, String key, int depth) {
    String direct = resource.anchors().get(kind);
    if (direct != null) {
      return direct.equals(key);
    }
    if (mentions(resource.body(), kind, key)) {
      return true;
    }
    return depth < 5
        && resource.anchors().entrySet().stream()
            .flatMap(
                parent ->
                    byKey
                        .getOrDefault(index(parent.getKey(), parent.getValue()), Map.of())
                        .values()
                        .stream())
            .anyMatch(parent -> isUnder(parent, kind, key, depth + 1));
  }

  private static boolean mentions(JsonNode body, String kind, String key) {
    String collection = kind.substring(0, Math.max(kind.lastIndexOf('/'), 0));
    String noun = Names.stem(collection.substring(collection.lastIndexOf('/') + 1));
    return body.propertyStream()
        .filter(field -> noun.length() > 1 && Names.plain(field.getKey()).startsWith(noun))
        .anyMatch(field -> isOrHas(field.getValue(), key));
  }

  private static boolean isOrHas(JsonNode value, String key) {
    if (value.isArray()) {
      return value.valueStream().anyMatch(one -> isOrHas(one, key));
    }
    JsonNode plain = value.isObject() ? value.path("id") : value;
    return plain.isValueNode() && plain.asText().equals(key);
  }

  private void apply(Change change) {
    pending.add(change);
    replay(change);
  }

  private void replay(Change change) {
    switch (change) {
      case Change.Opened opened -> uuid = opened.uuid();
      case Change.Put put -> index(put.resource());
      case Change.Removed removed -> unindex(removed.number());
      case Change.SettingPut put -> settings.put(put.path(), put.body());
      case Change.SettingRemoved removed -> settings.remove(removed.path());
      case Change.Counted counted -> number = Math.max(number, counted.number());
    }
  }

  private void index(Resource resource) {
    unindex(resource.number());
    resources.put(resource.number(), resource);
    number = Math.max(number, resource.number());
    byKind
        .computeIfAbsent(resource.kind(), kind -> new TreeMap<>())
        .put(resource.number(), resource);
    byKey
        .computeIfAbsent(index(resource.kind(), resource.key()), key -> new TreeMap<>())
        .put(resource.number(), resource);
  }

  private void unindex(long removed) {
    Resource old = resources.remove(removed);
    if (old != null) {
      byKind.getOrDefault(old.kind(), new HashMap<>()).remove(removed);
      byKey.getOrDefault(index(old.kind(), old.key()), new HashMap<>()).remove(removed);
    }
  }

  private static String index(String kind, String key) {
    return kind + "\n" + key;
  }

  private List<Change> snapshot(String document) {
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Opened(uuid, document));
    changes.add(new Change.Counted(number));
    resources.values().forEach(resource -> changes.add(new Change.Put(resource)));
    settings.forEach((path, body) -> changes.add(new Change.SettingPut(path, body)));
    return changes;
  }

  @Override
  public void close() {
    lock.lock();
    try {
      if (journal != null) {
        journal.close();
      }
    } finally {
      lock.unlock();
    }
  }
}
