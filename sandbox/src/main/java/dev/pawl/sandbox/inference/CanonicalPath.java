package dev.pawl.sandbox.inference;

import dev.pawl.sandbox.document.PathTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path template without its accidents: parameters have no names, and a {@code .json} suffix or a
 * last segment {@code json} is gone.
 */
record CanonicalPath(List<String> parts, List<String> parameters) {
  static final String HOLE = "{}";

  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)}");

  CanonicalPath {
    parts = List.copyOf(parts);
    parameters = List.copyOf(parameters);
  }

  static CanonicalPath of(PathTemplate template) {
    List<String> parts = new ArrayList<>();
    List<String> parameters = new ArrayList<>();
    for (String part : PathTemplate.parts(template.text())) {
      Matcher matcher = PARAMETER.matcher(part);
      if (matcher.find()) {
        String name = matcher.group(1);
        while (matcher.find()) {
          name = matcher.group(1);
        }
        parameters.add(name);
        parts.add(HOLE);
      } else {
        parts.add(part.endsWith(".json") ? part.substring(0, part.length() - 5) : part);
      }
    }
    if (parts.size() > 1 && parts.getLast().equals("json")) {
      parts.removeLast();
    }
    return new CanonicalPath(parts, parameters);
  }

  boolean isItem() {
    return !parts.isEmpty() && parts.getLast().equals(HOLE);
  }

  String key() {
    return "/" + String.join("/", parts);
  }

  /** Where the items of this collection would be. */
  String itemKey() {
    return key() + "/" + HOLE;
  }

  /** The collection's own segment: the last one that is no parameter; empty when there is none. */
  String noun() {
    for (int i = parts.size() - 1; i >= 0; i--) {
      if (!parts.get(i).equals(HOLE)) {
        return parts.get(i);
      }
    }
    return "";
  }

  CanonicalPath withoutLast() {
    List<String> rest = parts.subList(0, parts.size() - 1);
    int holes = (int) rest.stream().filter(HOLE::equals).count();
    return new CanonicalPath(rest, parameters.subList(0, holes));
  }

  /** The keys of the items this path lies under, outermost first, each with its parameter. */
  List<Anchor> anchors() {
    List<Anchor> anchors = new ArrayList<>();
    for (int i = 0; i < parts.size() - 1; i++) {
      if (parts.get(i).equals(HOLE)) {
        String key = "/" + String.join("/", parts.subList(0, i + 1));
        anchors.add(new Anchor(key, parameters.get(anchors.size())));
      }
    }
    return anchors;
  }

  /** Whether the segments of this path appear in the other in the same order, gaps allowed. */
  boolean isWithin(CanonicalPath other) {
    int next = 0;
    for (String part : other.parts) {
      if (next < parts.size() && parts.get(next).equals(part)) {
        next++;
      }
    }
    return next == parts.size();
  }
}
