package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Operations by path, parameter names blanked. */
final class PathIndex {
  private final Map<String, Map<String, ApiOperation>> byKey = new TreeMap<>();

  PathIndex(List<ApiOperation> operations) {
    for (ApiOperation operation : operations) {
      byKey
          .computeIfAbsent(operation.path().key(), k -> new TreeMap<>())
          .putIfAbsent(operation.method(), operation);
    }
  }

  /** Method → operation; empty where there is no such path. */
  Map<String, ApiOperation> at(String key) {
    return byKey.getOrDefault(key, Map.of());
  }

  Optional<ApiOperation> find(String method, String key) {
    return Optional.ofNullable(at(key).get(method));
  }

  /** The operations on one item; {@code /{id}/json} counts as {@code /{id}}. */
  Map<String, ApiOperation> item(String key) {
    Map<String, ApiOperation> out = new TreeMap<>(at(key + "/json"));
    out.putAll(at(key));
    return out;
  }

  /** All keys that end in a parameter, sorted. */
  List<String> itemKeys() {
    return byKey.keySet().stream()
        .filter(k -> PathTemplate.isParameter(new PathTemplate(k).lastSegment()))
        .toList();
  }

  /** All keys, sorted. */
  List<String> keys() {
    return List.copyOf(byKey.keySet());
  }
}
