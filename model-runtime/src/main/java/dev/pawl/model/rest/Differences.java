package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.FieldDifference;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** The fields in which two JSON objects differ, down to the smallest. */
final class Differences {
  private Differences() {}

  static List<FieldDifference> between(JsonNode stored, JsonNode wanted) {
    List<FieldDifference> out = new ArrayList<>();
    collect("", stored, wanted, out);
    return out;
  }

  private static void collect(
      String path, JsonNode stored, JsonNode wanted, List<FieldDifference> out) {
    if (stored.isObject() && wanted.isObject()) {
      TreeSet<String> names = new TreeSet<>();
      stored.fieldNames().forEachRemaining(names::add);
      wanted.fieldNames().forEachRemaining(names::add);
      for (String name : names) {
        String at = path + "/" + name.replace("~", "~0").replace("/", "~1");
        collect(at, stored.path(name), wanted.path(name), out);
      }
    } else if (!stored.equals(wanted)) {
      out.add(new FieldDifference(path, stored, wanted));
    }
  }
}
