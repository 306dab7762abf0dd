package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.Schema;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A path that may name what a POST made.
 *
 * @param key blanked
 * @param how the way it was found
 * @param operations method → operation
 */
record ItemPath(String key, How how, Map<String, ApiOperation> operations) {
  /** The ways to find an item path, the most certain first. */
  enum How {
    DIRECT("the item path is the create's path and one parameter"),
    TWIN("the item path is under the singular or plural twin of the create's path"),
    VERB("the create's path ends in a verb; the item path is beside it"),
    ELSEWHERE("an item path elsewhere ends in the same word and answers the same thing");

    private final String reason;

    How(String reason) {
      this.reason = reason;
    }

    String reason() {
      return reason;
    }
  }

  Optional<ApiOperation> get() {
    return Optional.ofNullable(operations.get("GET"));
  }

  Optional<Schema> getAnswer() {
    return get().flatMap(ApiOperation::answer);
  }

  /** PATCH changes what is sent; PUT replaces; some APIs change by POST on the item. */
  Optional<ApiOperation> update() {
    for (String method : List.of("PATCH", "PUT", "POST")) {
      if (operations.containsKey(method)) {
        return Optional.of(operations.get(method));
      }
    }
    return Optional.empty();
  }

  Optional<ApiOperation> delete() {
    return Optional.ofNullable(operations.get("DELETE"));
  }

  /** The path as the reading operation writes it. */
  PathTemplate template() {
    for (String method : List.of("GET", "PATCH", "PUT", "POST", "DELETE")) {
      if (operations.containsKey(method)) {
        return operations.get(method).path();
      }
    }
    return new PathTemplate(key);
  }

  String parameter() {
    List<String> all = template().parameters();
    return all.isEmpty() ? "" : all.get(all.size() - 1);
  }

  /** The collection's key. */
  String collection() {
    return PathTemplate.parent(key);
  }

  /** What the path calls the thing, in the singular. */
  String thing() {
    return Words.singularSnake(new PathTemplate(collection()).lastSegment());
  }
}
