package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Json;
import dev.pawl.model.data.StoredResource;
import java.util.ArrayList;
import java.util.List;

/**
 * How what is asked for differs from a stored resource. What a create has made is compared by the
 * arguments that it was made with. Of what was imported these are not known: it has arguments and
 * no fingerprint, and is compared by what can be told of it, field by field.
 */
final class AskedFor {
  private AskedFor() {}

  /** Whether it is what was asked for, as far as can be told. */
  static boolean isAsStored(StoredResource row, PlanCreate wanted) {
    if (row.fingerprint() == null) {
      return row.arguments() == null || differs(row, wanted).isEmpty();
    }
    return row.fingerprint().equals(wanted.fingerprint());
  }

  /** The fields that differ. */
  static List<FieldDifference> differs(StoredResource row, PlanCreate wanted) {
    JsonNode arguments = row.arguments() == null ? Json.object() : row.arguments();
    if (row.fingerprint() != null) {
      return Differences.between(arguments, wanted.comparable());
    }
    List<FieldDifference> out = new ArrayList<>();
    collect("", known(row, arguments), wanted.comparable(), out);
    return out;
  }

  /** What somebody has said of it goes before what the API shows. */
  private static JsonNode known(StoredResource row, JsonNode arguments) {
    ObjectNode out = row.data() instanceof ObjectNode shown ? shown.deepCopy() : Json.object();
    arguments.properties().forEach(e -> out.set(e.getKey(), e.getValue()));
    return out;
  }

  /** What is not shown, or in another form than it is taken, tells nothing. */
  private static void collect(
      String path, JsonNode known, JsonNode wanted, List<FieldDifference> out) {
    for (var field : wanted.properties()) {
      String at = path + "/" + field.getKey().replace("~", "~0").replace("/", "~1");
      JsonNode shown = known.path(field.getKey());
      if (shown.isObject() && field.getValue().isObject()) {
        collect(at, shown, field.getValue(), out);
      } else if (isComparable(shown, field.getValue()) && !isSame(shown, field.getValue())) {
        out.add(new FieldDifference(at, shown, field.getValue()));
      }
    }
  }

  private static boolean isComparable(JsonNode shown, JsonNode wanted) {
    boolean scalars =
        shown.isValueNode() && wanted.isValueNode() && !shown.isNull() && !wanted.isNull();
    return scalars || (isOfScalars(shown) && isOfScalars(wanted));
  }

  private static boolean isOfScalars(JsonNode array) {
    if (!array.isArray()) {
      return false;
    }
    for (JsonNode element : array) {
      if (!element.isValueNode()) {
        return false;
      }
    }
    return true;
  }

  /** APIs turn numbers into texts and back. */
  static boolean isSame(JsonNode shown, JsonNode wanted) {
    if (!shown.isArray()) {
      return shown.isValueNode() && shown.asText().equals(wanted.asText());
    }
    return texts(shown).equals(texts(wanted));
  }

  /** Without markers: nobody asks for them. */
  private static List<String> texts(JsonNode array) {
    List<String> out = new ArrayList<>();
    for (JsonNode element : array) {
      if (!element.asText().startsWith(Markers.PREFIX)) {
        out.add(element.asText());
      }
    }
    return out;
  }
}
