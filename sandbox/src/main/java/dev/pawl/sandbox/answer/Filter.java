package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.document.Operation;
import dev.pawl.sandbox.inference.Names;
import dev.pawl.sandbox.inference.ResourceKind;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Documented query parameters that are named like fields of an item and so select by them. */
final class Filter {
  private final Map<String, String> wanted;

  private Filter(Map<String, String> wanted) {
    this.wanted = wanted;
  }

  static Filter of(ApiRequest request, Views views, ResourceKind kind) {
    Set<String> fields = new HashSet<>();
    for (View view : views.of(kind)) {
      view.item().properties().keySet().forEach(name -> fields.add(Names.plain(name)));
    }
    Map<String, String> wanted = new LinkedHashMap<>();
    for (Operation.Parameter parameter : request.route().operation().queryParameters()) {
      String value = request.query().get(parameter.name());
      String field = field(Names.plain(parameter.name()), fields);
      if (value != null && !value.isEmpty() && fields.contains(field)) {
        wanted.put(field, value);
      }
    }
    return new Filter(wanted);
  }

  /** {@code tag_name} and {@code tag} look into {@code tags}. */
  private static String field(String parameter, Set<String> fields) {
    boolean tag = parameter.equals("tagname") || parameter.equals("tag");
    return tag && fields.contains("tags") ? "tags" : parameter;
  }

  boolean isEmpty() {
    return wanted.isEmpty();
  }

  boolean accepts(JsonNode body) {
    return wanted.entrySet().stream()
        .allMatch(
            want ->
                body.propertyStream()
                    .filter(field -> Names.plain(field.getKey()).equals(want.getKey()))
                    .anyMatch(field -> holds(field.getValue(), want.getValue())));
  }

  private static boolean holds(JsonNode value, String wanted) {
    if (value.isArray()) {
      return value.valueStream().anyMatch(one -> holds(one, wanted));
    }
    if (value.isObject()) {
      return value.valueStream().anyMatch(one -> one.isValueNode() && one.asText().equals(wanted));
    }
    return value.asText().equalsIgnoreCase(wanted);
  }
}
