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
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds the named effects under a resource's item path. */
final class ActionFinder {
  private static final Set<String> RESERVED = Set.of("create", "get", "list", "update", "delete");
  private static final Set<String> MANY = Set.of("action", "actions");

  private final List<ApiOperation> posts;

  /**
   * @param posts every POST that makes nothing
   */
  ActionFinder(List<ApiOperation> posts) {
    this.posts = posts;
  }

  List<Action> of(ItemPath item) {
    Map<String, Action> out = new TreeMap<>();
    for (ApiOperation post : posts) {
      String key = post.path().key();
      if (PathTemplate.parent(key).equals(item.key()) && !post.path().endsInParameter()) {
        String segment = Words.snake(post.path().lastSegment());
        actions(post, segment).forEach(a -> out.putIfAbsent(a.name(), a));
      }
    }
    return out.values().stream().sorted(Comparator.comparing(Action::name)).toList();
  }

  private static List<Action> actions(ApiOperation post, String segment) {
    List<Action> out = new ArrayList<>();
    if (MANY.contains(segment)) {
      for (String type : types(post)) {
        out.add(
            new Action(
                safe(Words.snake(type)),
                post,
                Map.of("type", type),
                "a value of 'type' in " + post.describe()));
      }
    }
    if (out.isEmpty() && !segment.isEmpty()) {
      out.add(new Action(safe(segment), post, Map.of(), "a POST under the item's path"));
    }
    return out;
  }

  private static Set<String> types(ApiOperation post) {
    Set<String> out = new TreeSet<>();
    post.body().map(RequestBody::schema).ifPresent(s -> types(s, out, 4));
    return out;
  }

  private static void types(Schema schema, Set<String> out, int depth) {
    schema
        .node()
        .path("discriminator")
        .path("mapping")
        .properties()
        .forEach(e -> out.add(e.getKey()));
    Schema type = schema.ownProperties().get("type");
    if (type != null) {
      out.addAll(type.enumValues());
    }
    if (depth > 0) {
      schema.variants().forEach(v -> types(v, out, depth - 1));
      schema.parts().forEach(v -> types(v, out, depth - 1));
    }
  }

  private static String safe(String name) {
    return RESERVED.contains(name) ? name + "_action" : name;
  }
}
