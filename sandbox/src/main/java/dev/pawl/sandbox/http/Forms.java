package dev.pawl.sandbox.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.document.JsonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Forms and queries; {@code a[b]=1}, {@code a[]=1} and {@code a[0][b]=1} nest. */
final class Forms {
  /** Deeper brackets are taken as part of the name. */
  private static final int MAX_DEPTH = 20;

  private Forms() {}

  /** The last value of each name. */
  static Map<String, String> pairs(String query) {
    Map<String, String> pairs = new LinkedHashMap<>();
    split(query).forEach(pair -> pairs.put(pair.name(), pair.value()));
    return pairs;
  }

  private record Pair(String name, String value) {}

  private static List<Pair> split(String text) {
    List<Pair> pairs = new ArrayList<>();
    for (String part : text.strip().split("&", -1)) {
      if (!part.isEmpty()) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? part : part.substring(0, equals);
        pairs.add(new Pair(decode(name), equals < 0 ? "" : decode(part.substring(equals + 1))));
      }
    }
    return pairs;
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }

  static ObjectNode parse(String form) {
    ObjectNode root = JsonText.object();
    Map<String, Integer> repeats = new LinkedHashMap<>();
    for (Pair pair : split(form)) {
      List<String> steps = steps(pair.name());
      for (int i = 0; i < steps.size(); i++) {
        if (steps.get(i).isEmpty()) {
          int next = repeats.merge(String.join("[", steps.subList(0, i)), 1, Integer::sum);
          steps.set(i, String.valueOf(next - 1));
        }
      }
      put(root, steps, pair.value());
    }
    return (ObjectNode) arrays(root);
  }

  private static List<String> steps(String name) {
    List<String> steps = new ArrayList<>();
    int open = name.indexOf('[');
    if (open <= 0 || !name.endsWith("]")) {
      steps.add(name);
      return steps;
    }
    steps.add(name.substring(0, open));
    String rest = name.substring(open + 1, name.length() - 1);
    for (String step : rest.split("]\\[", MAX_DEPTH)) {
      steps.add(step);
    }
    return steps;
  }

  private static void put(ObjectNode root, List<String> steps, String value) {
    ObjectNode current = root;
    for (int i = 0; i < steps.size() - 1; i++) {
      JsonNode next = current.get(steps.get(i));
      current = next instanceof ObjectNode object ? object : current.putObject(steps.get(i));
    }
    current.put(steps.getLast(), value);
  }

  /** Objects whose names are 0, 1, 2… were lists. */
  private static JsonNode arrays(JsonNode node) {
    if (!(node instanceof ObjectNode object)) {
      return node;
    }
    ObjectNode converted = JsonText.object();
    object.properties().forEach(field -> converted.set(field.getKey(), below(field.getValue())));
    return converted;
  }

  private static JsonNode below(JsonNode node) {
    JsonNode converted = arrays(node);
    if (!converted.isObject() || converted.isEmpty()) {
      return converted;
    }
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < converted.size(); i++) {
      JsonNode element = converted.get(String.valueOf(i));
      if (element == null) {
        return converted;
      }
      list.add(element);
    }
    return list;
  }
}
