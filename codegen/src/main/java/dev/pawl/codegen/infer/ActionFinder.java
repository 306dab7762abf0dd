package dev.pawl.codegen.infer;

import dev.pawl.codegen.document.ApiOperation;
import dev.pawl.codegen.document.PathTemplate;
import dev.pawl.codegen.document.RequestBody;
import dev.pawl.codegen.document.Schema;
import dev.pawl.codegen.ir.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Finds the named effects under a resource's item path. */
final class ActionFinder {
  private static final Set<String> RESERVED = Set.of("create", "get", "list", "update", "delete");
  private static final int MAX_DEPTH = 4;
  private static final Set<String> MANY = Set.of("action", "actions");

  private final List<ApiOperation> posts;

  /**
   * @param posts every POST that makes nothing
   */
  ActionFinder(List<ApiOperation> posts) {
    this.posts = posts;
  }

  /**
   * @param update what already is the resource's update, and no action
   */
  List<Action> of(ItemPath item, Optional<ApiOperation> update) {
    Map<String, Action> out = new TreeMap<>();
    for (ApiOperation post : posts) {
      boolean other = update.filter(u -> u == post).isEmpty() && post != remove(item);
      if (other && !post.path().endsInParameter()) {
        verb(item, post.path().key())
            .ifPresent(v -> actions(post, v).forEach(a -> out.putIfAbsent(a.name(), a)));
      }
    }
    return out.values().stream().sorted(Comparator.comparing(Action::name)).toList();
  }

  private static @Nullable ApiOperation remove(ItemPath item) {
    return item.delete().filter(d -> d.method().equals("POST")).orElse(null);
  }

  /**
   * What a path does to an item: {@code …/{id}/reboot}, {@code …/actions/reboot}, {@code …:reboot}.
   */
  private static Optional<String> verb(ItemPath item, String key) {
    String parent = PathTemplate.parent(key);
    String last = new PathTemplate(key).lastSegment();
    boolean grouped =
        MANY.stream().anyMatch(m -> parent.equals(item.key() + "/" + m)) && !last.isEmpty();
    if (parent.equals(item.key()) || grouped) {
      return Optional.of(Words.snake(last));
    }
    return key.startsWith(item.key() + ":")
        ? Optional.of(Words.snake(key.substring(item.key().length() + 1)))
        : Optional.empty();
  }

  private static List<Action> actions(ApiOperation post, String segment) {
    List<Action> out = new ArrayList<>();
    if (MANY.contains(segment)) {
      Map<String, Optional<Schema>> types = new TreeMap<>();
      post.body().map(RequestBody::schema).ifPresent(s -> types(s, types, MAX_DEPTH));
      types.forEach(
          (type, branch) ->
              out.add(
                  new Action(
                      safe(Words.snake(type)),
                      post,
                      Map.of("type", type),
                      branch,
                      "a value of 'type' in " + post.describe())));
    }
    if (out.isEmpty() && !segment.isEmpty()) {
      out.add(
          new Action(
              safe(segment), post, Map.of(), Optional.empty(), "a POST under the item's path"));
    }
    return out;
  }

  /** Every value of {@code type}, with the branch that only it takes where there is one. */
  private static void types(Schema schema, Map<String, Optional<Schema>> out, int depth) {
    schema.mapping().forEach((type, branch) -> out.put(type, Optional.of(branch)));
    Schema type = schema.ownProperties().get("type");
    if (type != null) {
      type.enumValues().forEach(t -> out.putIfAbsent(t, Optional.empty()));
    }
    if (depth == 0) {
      return;
    }
    for (Schema variant : schema.variants()) {
      Schema own = variant.ownProperties().get("type");
      if (own != null && own.enumValues().size() == 1) {
        out.putIfAbsent(own.enumValues().get(0), Optional.of(variant));
      }
      types(variant, out, depth - 1);
    }
    schema.parts().forEach(p -> types(p, out, depth - 1));
  }

  private static String safe(String name) {
    return RESERVED.contains(name) ? name + "_action" : name;
  }
}
