package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.workflow.ForEach;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expands a forEach. */
final class Iterations {
  private static final int LONGEST_KEY = 255;

  private final Rendering rendering;
  private final Path path;

  Iterations(Rendering rendering, Path path) {
    this.rendering = rendering;
    this.path = path;
  }

  List<Iteration> of(ForEach forEach, Scope scope) throws EvaluationFailed {
    JsonNode in = rendering.value(path.key("in"), forEach.in(), scope);
    if (!in.isContainerNode()) {
      throw rendering.failed(path.key("in"), "must be a list or a map, is " + Words.kind(in));
    }
    if (in.size() > ForEach.MAX_ITERATIONS) {
      throw new LimitExceeded(
          "forEach iterations",
          path + ".in has " + in.size() + " items; a step may have " + ForEach.MAX_ITERATIONS);
    }
    var found = new ArrayList<Iteration>();
    Set<String> keys = new HashSet<>();
    List<Iteration> plain = in.isObject() ? ofMap(in) : ofList(in);
    for (Iteration item : plain) {
      Iteration keyed = keyed(item, forEach.key(), scope);
      if (!keys.add(keyed.key())) {
        throw rendering.failed(
            path.key(forEach.key() == null ? "in" : "key"),
            "two iterations have the key '"
                + keyed.key()
                + "'; give each its own with forEach.key");
      }
      found.add(keyed);
    }
    return found;
  }

  private static List<Iteration> ofMap(JsonNode map) {
    var items = new ArrayList<Iteration>();
    for (var entry : map.properties()) {
      items.add(new Iteration(entry.getKey(), entry.getValue(), items.size()));
    }
    return items;
  }

  private static List<Iteration> ofList(JsonNode list) {
    var items = new ArrayList<Iteration>();
    for (JsonNode value : list) {
      boolean scalar = value.isValueNode() && !value.isNull() && !value.asText().isEmpty();
      String key = scalar ? value.asText() : String.valueOf(items.size());
      items.add(new Iteration(key, value, items.size()));
    }
    return items;
  }

  private Iteration keyed(Iteration item, @Nullable String key, Scope scope)
      throws EvaluationFailed {
    if (key == null) {
      return checked(item);
    }
    JsonNode value = rendering.text(path.key("key"), key, scope.withEach(item));
    if (!value.isValueNode() || value.isNull() || value.asText().isEmpty()) {
      throw rendering.failed(
          path.key("key"), "an iteration's key must be a text, is " + Words.kind(value));
    }
    return checked(new Iteration(value.asText(), item.value(), item.index()));
  }

  private Iteration checked(Iteration item) throws EvaluationFailed {
    if (item.key().length() > LONGEST_KEY) {
      throw rendering.failed(
          path, "an iteration's key may have " + LONGEST_KEY + " characters; set forEach.key");
    }
    return item;
  }
}
