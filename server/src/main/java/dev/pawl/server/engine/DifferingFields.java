package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The paths in which two requests differ, as {@code inputs.size} or {@code steps[2].with}. */
final class DifferingFields {
  private static final int NAMED = 20;

  private final List<String> paths = new ArrayList<>();

  private DifferingFields() {}

  /** By path; never empty, and never more than a person reads. */
  static List<String> of(@Nullable JsonNode first, JsonNode second) {
    DifferingFields found = new DifferingFields();
    found.compare("", first == null ? Json.object() : comparable(first), comparable(second));
    return found.paths.isEmpty() ? List.of("request") : List.copyOf(found.paths);
  }

  /** As it comes back from where it is stored: a number is the same however it was made. */
  private static JsonNode comparable(JsonNode value) {
    return Json.canonical(Json.parse(Json.write(value)));
  }

  private void compare(String at, JsonNode first, JsonNode second) {
    if (paths.size() >= NAMED || first.equals(second)) {
      return;
    }
    if (first.isObject() && second.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      first.fieldNames().forEachRemaining(names::add);
      second.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name ->
              compare(at.isEmpty() ? name : at + "." + name, first.path(name), second.path(name)));
    } else if (first.isArray() && second.isArray() && first.size() == second.size()) {
      for (int i = 0; i < first.size(); i++) {
        compare(at + "[" + i + "]", first.path(i), second.path(i));
      }
    } else {
      paths.add(at);
    }
  }
}
