package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.Parameter;
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
    ITSELF("the create's own path names what it makes"),
    TWIN("the item path is under the singular or plural twin of the create's path"),
    VERB("the create's path ends in a verb; the item path is beside it"),
    ABOVE("an item path one level up answers the same thing, and the list here too"),
    ELSEWHERE("an item path elsewhere ends in the same word and answers the same thing"),
    COMPOSITE("an item path elsewhere names the same thing by several keys, all in the answer"),
    SAID("the overrides say so");

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

  Optional<ApiOperation> delete() {
    return Optional.ofNullable(operations.get("DELETE"))
        .or(() -> Optional.ofNullable(operations.get(PathIndex.REMOVE)));
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

  /** The schema of a parameter of the path; empty where the document has none. */
  Optional<Schema> schemaOf(String parameter) {
    return operations.values().stream()
        .flatMap(o -> o.parameters("path").stream())
        .filter(p -> p.name().equals(parameter))
        .map(Parameter::schema)
        .findFirst();
  }

  /** The parameters that name the thing itself: one, or several where its key has parts. */
  List<String> own() {
    List<String> all = template().parameters();
    int parts = how == How.COMPOSITE ? 2 : 1;
    return all.subList(Math.max(0, all.size() - parts), all.size());
  }

  /** The parameters that name what the thing is in. */
  List<String> parents() {
    List<String> all = template().parameters();
    return all.subList(0, all.size() - own().size());
  }

  /** The collection's key. */
  String collection() {
    String parent = PathTemplate.parent(key);
    return how == How.COMPOSITE ? PathTemplate.parent(parent) : parent;
  }

  /** What the path calls the thing, in the singular. */
  String thing() {
    return Words.singularSnake(new PathTemplate(collection()).lastSegment());
  }
}
