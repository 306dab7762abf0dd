package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.ir.Inferred;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds parameters at the head of an API's paths that are a setting of the connection, such as the
 * account's number, and no parent: nearly all paths begin with them, their name says whose or which
 * API it is, and no operation makes, lists or deletes what they name.
 */
final class ConnectionParameters {
  /** A document with fewer paths proves nothing. */
  private static final int MIN_PATHS = 6;

  /** As many different things must be under it. */
  private static final int MIN_THINGS = 3;

  private static final double NEARLY_ALL = 0.9;

  private static final Set<String> SETTINGS =
      Set.of(
          "account",
          "tenant",
          "organization",
          "organisation",
          "org",
          "subscription",
          "workspace",
          "company",
          "merchant",
          "realm",
          "region",
          "version");

  /** A beginning of paths that ends in a parameter. */
  private record Head(String prefix, String parameter) {
    String whole() {
      return prefix + "/{}";
    }
  }

  private final List<ApiOperation> operations;
  private final Map<String, PathTemplate> paths = new HashMap<>();
  private final PathIndex index;

  ConnectionParameters(List<ApiOperation> operations) {
    this.operations = operations;
    this.index = new PathIndex(operations);
    operations.forEach(o -> paths.put(o.path().key(), o.path()));
  }

  /** Their names, in path order, with the reason. */
  List<Inferred<String>> find() {
    List<Inferred<String>> out = new ArrayList<>();
    Optional<Head> head = next("");
    while (head.isPresent() && isSetting(head.get())) {
      String parameter = head.get().parameter();
      out.add(
          Inferred.medium(
              parameter,
              under(head.get()).size()
                  + " of "
                  + paths.size()
                  + " paths begin with it, and no operation makes, lists or deletes what it"
                  + " names"));
      head = next(head.get().whole());
    }
    return out;
  }

  /** The commonest beginning that itself begins like this. */
  private Optional<Head> next(String after) {
    Map<Head, Integer> uses = new HashMap<>();
    paths.forEach(
        (key, path) -> {
          int next = key.indexOf("/{}", after.length());
          if (key.startsWith(after) && next >= 0 && (key + "/").startsWith("/{}/", next)) {
            String prefix = key.substring(0, next);
            String parameter = path.parameters().get(parametersIn(prefix));
            uses.merge(new Head(prefix, parameter), 1, Integer::sum);
          }
        });
    return uses.entrySet().stream()
        .max(
            Map.Entry.<Head, Integer>comparingByValue()
                .thenComparing(e -> e.getKey().whole() + e.getKey().parameter()))
        .map(Map.Entry::getKey);
  }

  private static int parametersIn(String key) {
    return key.split("\\{}", -1).length - 1;
  }

  private List<String> under(Head head) {
    int number = parametersIn(head.prefix());
    return paths.entrySet().stream()
        .filter(e -> (e.getKey() + "/").startsWith(head.whole() + "/"))
        .filter(e -> e.getValue().parameters().get(number).equals(head.parameter()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private boolean isSetting(Head head) {
    List<String> under = under(head);
    Set<String> things = new HashSet<>();
    for (String key : under) {
      String rest = key.substring(head.whole().length());
      if (rest.length() > 1 && !rest.startsWith("/{}")) {
        things.add(rest.split("/")[1]);
      }
    }
    return paths.size() >= MIN_PATHS
        && under.size() >= NEARLY_ALL * paths.size()
        && things.size() >= MIN_THINGS
        && Words.split(head.parameter()).stream().anyMatch(SETTINGS::contains)
        && !isManaged(head);
  }

  /** Whether some operation makes, lists or deletes what the parameter names. */
  private boolean isManaged(Head head) {
    String collection = Words.singularSnake(PathTemplate.last(head.prefix()));
    Set<String> things = new HashSet<>(Set.of(collection));
    Words.split(head.parameter()).stream().filter(SETTINGS::contains).forEach(things::add);
    things.remove("");
    boolean made =
        operations.stream()
            .filter(o -> o.method().equals("POST") || o.method().equals("GET"))
            .map(o -> o.path().lastSegment())
            .anyMatch(s -> things.contains(Words.singularSnake(s)));
    Map<String, ApiOperation> item = index.item(head.whole());
    return made || item.containsKey("DELETE") || item.containsKey("PUT");
  }
}
