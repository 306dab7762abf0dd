package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every item path that may belong to a POST, the most certain first. */
final class ItemPaths {
  /** Path ends that say "make one" and not what. */
  static final Set<String> CREATE_VERBS = Set.of("create", "new", "add");

  /** Path ends that may make one; the answer decides. */
  static final Set<String> MAKING_VERBS =
      Set.of("create", "new", "add", "import", "register", "upload", "build", "generate");

  private final PathIndex index;

  ItemPaths(PathIndex index) {
    this.index = index;
  }

  List<ItemPath> of(ApiOperation post) {
    String key = post.path().key();
    List<ItemPath> out = new ArrayList<>();
    add(out, key + "/{}", ItemPath.How.DIRECT);
    twins(key).forEach(k -> add(out, k + "/{}", ItemPath.How.TWIN));
    if (MAKING_VERBS.contains(Words.snake(post.path().lastSegment()))) {
      add(out, PathTemplate.parent(key) + "/{}", ItemPath.How.VERB);
    }
    elsewhere(post).forEach(k -> add(out, k, ItemPath.How.ELSEWHERE));
    return out;
  }

  private void add(List<ItemPath> out, String key, ItemPath.How how) {
    Map<String, ApiOperation> operations = index.item(key);
    if (!operations.isEmpty() && out.stream().noneMatch(i -> i.key().equals(key))) {
      out.add(new ItemPath(key, how, operations));
    }
  }

  private List<String> twins(String key) {
    String parent = PathTemplate.parent(key);
    String last = Words.singularSnake(new PathTemplate(key).lastSegment());
    return index.itemKeys().stream()
        .map(PathTemplate::parent)
        .filter(k -> !k.equals(key) && PathTemplate.parent(k).equals(parent))
        .filter(k -> Words.singularSnake(new PathTemplate(k).lastSegment()).equals(last))
        .distinct()
        .toList();
  }

  private List<String> elsewhere(ApiOperation post) {
    String last = post.path().lastSegment();
    if (!Words.isPlural(last)) {
      return List.of();
    }
    String thing = Words.singularSnake(last);
    return index.itemKeys().stream()
        .filter(k -> index.find("GET", k).isPresent())
        .filter(k -> nameBeforeParameter(k).equals(thing))
        .sorted(
            Comparator.comparingInt((String k) -> new PathTemplate(k).parameters().size())
                .thenComparing(String::length)
                .thenComparing(k -> k))
        .toList();
  }

  private static String nameBeforeParameter(String key) {
    String parent = PathTemplate.parent(key);
    return parent.isEmpty() ? "" : Words.singularSnake(new PathTemplate(parent).lastSegment());
  }
}
