package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Every item path that may belong to a POST, the most certain first. */
final class ItemPaths {
  /** Path ends that say "make one" and not what. */
  static final Set<String> CREATE_VERBS = Set.of("create", "new", "add");

  /** Path ends that may make one; the answer decides. */
  static final Set<String> MAKING_VERBS =
      Set.of("create", "new", "add", "import", "register", "upload", "build", "generate");

  /** Where a collection is, and what it calls one of its things. */
  private record Place(String parent, String thing) {}

  private final PathIndex index;
  private final Map<Place, Set<String>> collections = new HashMap<>();
  private final Map<String, List<String>> readByName = new HashMap<>();
  private final Map<String, List<String>> readByTwo = new HashMap<>();

  ItemPaths(PathIndex index) {
    this.index = index;
    for (String key : index.itemKeys()) {
      String collection = PathTemplate.parent(key);
      collections.computeIfAbsent(place(collection), p -> new LinkedHashSet<>()).add(collection);
      if (index.isRead(key)) {
        String name = nameBefore(collection);
        readByName.computeIfAbsent(name, n -> new ArrayList<>()).add(key);
        if (PathTemplate.isParameter(name)) {
          String above = nameBefore(PathTemplate.parent(collection));
          readByTwo.computeIfAbsent(above, n -> new ArrayList<>()).add(key);
        }
      }
    }
  }

  private static Place place(String collection) {
    String thing = Words.singularSnake(PathTemplate.last(collection));
    return new Place(PathTemplate.parent(collection), thing);
  }

  List<ItemPath> of(ApiOperation post) {
    String key = post.path().key();
    List<String> twins = twins(key);
    List<ItemPath> out = new ArrayList<>();
    add(out, ItemPath.How.DIRECT, key + "/{}", readAt(key + "/{}", twins));
    twins.forEach(k -> add(out, ItemPath.How.TWIN, k + "/{}", index.item(k + "/{}")));
    String above = PathTemplate.parent(key) + "/{}";
    if (MAKING_VERBS.contains(Words.snake(post.path().lastSegment()))) {
      add(out, ItemPath.How.VERB, above, index.item(above));
    } else if (index.list(key).isPresent()) {
      add(out, ItemPath.How.ABOVE, above, index.item(above));
    }
    elsewhere(post).forEach(k -> add(out, ItemPath.How.ELSEWHERE, k, index.item(k)));
    composite(post).forEach(k -> add(out, ItemPath.How.COMPOSITE, k, index.item(k)));
    return out;
  }

  private static void add(
      List<ItemPath> out, ItemPath.How how, String key, Map<String, ApiOperation> operations) {
    if (!operations.isEmpty() && out.stream().noneMatch(i -> i.key().equals(key))) {
      out.add(new ItemPath(key, how, operations));
    }
  }

  /** The item's operations; where none reads it, a twin's reading one. */
  private Map<String, ApiOperation> readAt(String key, List<String> twins) {
    Map<String, ApiOperation> own = index.item(key);
    if (own.isEmpty() || own.containsKey("GET")) {
      return own;
    }
    Map<String, ApiOperation> out = new TreeMap<>(own);
    twins.stream()
        .flatMap(k -> index.find("GET", k + "/{}").stream())
        .findFirst()
        .ifPresent(get -> out.put("GET", get));
    return out;
  }

  private List<String> twins(String key) {
    return collections.getOrDefault(place(key), Set.of()).stream()
        .filter(k -> !k.equals(key))
        .toList();
  }

  /** Those whose word is the same in whatever number, where the POST says that it makes one. */
  private List<String> elsewhere(ApiOperation post) {
    String last = post.path().lastSegment();
    if (!Words.isPlural(last) && !Says.makes(post)) {
      return List.of();
    }
    String thing = Words.singularSnake(last);
    return nearest(post, readByName.getOrDefault(thing, List.of()));
  }

  /** {@code /repos/{owner}/{name}} for a POST to any {@code …/repos}. */
  private List<String> composite(ApiOperation post) {
    String last = post.path().lastSegment();
    String thing = Words.singularSnake(last);
    return !Words.isPlural(last)
        ? List.of()
        : nearest(post, readByTwo.getOrDefault(thing, List.of()));
  }

  private List<String> nearest(ApiOperation post, List<String> keys) {
    String key = post.path().key();
    return keys.stream()
        .sorted(
            Comparator.comparing((String k) -> !isAtTop(k))
                .thenComparingInt(k -> -shared(key, k))
                .thenComparing(k -> new PathTemplate(k).parameters().size())
                .thenComparing(String::length)
                .thenComparing(k -> k))
        .toList();
  }

  /** Whether its collection is in nothing. */
  private boolean isAtTop(String key) {
    List<String> own = new PathTemplate(key).segments();
    int from = Math.min(index.shared(), own.size());
    if (from < own.size() && Kinds.isVersion(own.get(from))) {
      from++;
    }
    return own.size() <= from + 2;
  }

  /** How many segments two keys begin with alike. */
  private static int shared(String a, String b) {
    List<String> left = new PathTemplate(a).segments();
    List<String> right = new PathTemplate(b).segments();
    int same = 0;
    while (same < Math.min(left.size(), right.size()) && left.get(same).equals(right.get(same))) {
      same++;
    }
    return same;
  }

  private static String nameBefore(String key) {
    if (key.isEmpty()) {
      return "";
    }
    String last = PathTemplate.last(key);
    return PathTemplate.isParameter(last) ? last : Words.singularSnake(last);
  }
}
