package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.language.Lookup.Segment;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Follows a lookup in the JSON itself. */
final class LookupWalk {
  private final Lookup lookup;
  private final Scope scope;

  LookupWalk(Lookup lookup, Scope scope) {
    this.lookup = lookup;
    this.scope = scope;
  }

  JsonNode value() throws NoValue {
    List<Segment> segments = lookup.segments();
    int next = 0;
    JsonNode at;
    if (lookup.root().equals("steps")) {
      Segment id = segments.get(next++);
      at = scope.step(id.element().toString());
      if (at == null) {
        throw new NoValue(id.offset(), "step '" + id.element() + "' has no result in this run");
      }
    } else {
      at = scope.variable(lookup.root());
      if (at == null) {
        throw new NoValue(0, "'" + lookup.root() + "' is not there");
      }
    }
    while (next < segments.size()) {
      at = step(at, next++);
    }
    return at;
  }

  private JsonNode step(JsonNode from, int index) throws NoValue {
    Segment segment = lookup.segments().get(index);
    JsonNode found = null;
    if (segment.element() instanceof String key && from.isObject()) {
      found = from.get(key);
    } else if (segment.element() instanceof Long i && from.isArray() && i >= 0 && i < from.size()) {
      found = from.get(i.intValue());
    }
    if (found == null) {
      throw new NoValue(segment.offset(), missing(from, segment, lookup.upTo(index)));
    }
    return found;
  }

  private String missing(JsonNode from, Segment segment, String way) {
    if (from.isNull() || from.isValueNode()) {
      return way + " is " + (from.isNull() ? "null" + whyNull(way) : Words.kind(from));
    }
    if (from.isArray()) {
      return way + " is a list of " + from.size() + "; there is no [" + segment.element() + "]";
    }
    if (way.equals("inputs")) {
      return "input '"
          + segment.element()
          + "' was not given and has no default; has(inputs."
          + segment.element()
          + ") tests for that";
    }
    return way + " has no '" + segment.element() + "'; there " + keys(from);
  }

  private String whyNull(String way) {
    boolean ofStep = way.startsWith("steps") && way.endsWith(".output");
    if (!ofStep) {
      return "";
    }
    @Nullable StepView step = scope.steps().get(lookup.segments().getFirst().element().toString());
    String outcome = step == null ? null : step.outcome();
    return "SKIPPED".equals(outcome) ? ", since the step was skipped" : "";
  }

  static String keys(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return References.listed(names);
  }
}
