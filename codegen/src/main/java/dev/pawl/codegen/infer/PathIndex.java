package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Operations by path, parameter names blanked. */
final class PathIndex {
  /** Stands in an item's operations for a POST under it that is called an update. */
  static final String UPDATE = "UPDATE";

  /** Stands in an item's operations for a POST under it that is called a delete. */
  static final String REMOVE = "REMOVE";

  private static final List<String> UPDATES = List.of("update", "edit", "modify");
  private static final List<String> REMOVES = List.of("delete", "destroy", "remove");
  private static final List<String> LISTS = List.of("", "/json", "/list");

  private final Map<String, Map<String, ApiOperation>> byKey = new TreeMap<>();
  private final List<String> itemKeys;
  private final int shared;

  PathIndex(List<ApiOperation> operations) {
    this.shared = Kinds.sharedPrefix(operations);
    for (ApiOperation operation : operations) {
      byKey
          .computeIfAbsent(operation.path().key(), k -> new TreeMap<>())
          .putIfAbsent(operation.method(), operation);
    }
    this.itemKeys =
        byKey.keySet().stream()
            .map(k -> k.endsWith("{}/json") ? k.substring(0, k.length() - "/json".length()) : k)
            .filter(k -> PathTemplate.isParameter(PathTemplate.last(k)))
            .distinct()
            .toList();
  }

  /** How many segments all paths begin with. */
  int shared() {
    return shared;
  }

  /** Method → operation; empty where there is no such path. */
  Map<String, ApiOperation> at(String key) {
    return byKey.getOrDefault(key, Map.of());
  }

  Optional<ApiOperation> find(String method, String key) {
    return Optional.ofNullable(at(key).get(method));
  }

  /** What reads a whole collection: a GET on it, or on its {@code /json} or {@code /list}. */
  Optional<ApiOperation> list(String collection) {
    return LISTS.stream().flatMap(end -> find("GET", collection + end).stream()).findFirst();
  }

  /** The operations on one item; {@code /{id}/json} counts as {@code /{id}}. */
  Map<String, ApiOperation> item(String key) {
    Map<String, ApiOperation> out = new TreeMap<>(at(key + "/json"));
    out.putAll(at(key));
    if (!out.isEmpty()) {
      under(key, UPDATES).ifPresent(o -> out.put(UPDATE, o));
      under(key, REMOVES).ifPresent(o -> out.put(REMOVE, o));
    }
    return out;
  }

  private Optional<ApiOperation> under(String key, List<String> verbs) {
    return verbs.stream().flatMap(v -> find("POST", key + "/" + v).stream()).findFirst();
  }

  /** All keys that end in a parameter, or in its {@code /json}, sorted. */
  List<String> itemKeys() {
    return itemKeys;
  }

  /** Whether anything reads one item. */
  boolean isRead(String itemKey) {
    return item(itemKey).containsKey("GET");
  }
}
