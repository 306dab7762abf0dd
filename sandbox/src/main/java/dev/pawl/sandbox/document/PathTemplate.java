package dev.pawl.sandbox.document;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A path as written in a document, {@code /v2/droplets/{droplet_id}}. */
public final class PathTemplate {
  private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]+)}");

  private final String text;
  private final List<Segment> segments;

  private PathTemplate(String text, List<Segment> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** One part between slashes: literal text, or a pattern with the parameters it captures. */
  private record Segment(String text, List<String> parameters, Pattern pattern) {
    boolean isLiteral() {
      return parameters.isEmpty();
    }
  }

  public static PathTemplate of(String text) {
    List<Segment> segments = new ArrayList<>();
    for (String part : parts(text)) {
      segments.add(segment(part));
    }
    return new PathTemplate(text, List.copyOf(segments));
  }

  private static Segment segment(String part) {
    Matcher matcher = PARAMETER.matcher(part);
    List<String> names = new ArrayList<>();
    StringBuilder pattern = new StringBuilder();
    int end = 0;
    while (matcher.find()) {
      pattern.append(Pattern.quote(part.substring(end, matcher.start()))).append("(.+)");
      names.add(matcher.group(1));
      end = matcher.end();
    }
    pattern.append(Pattern.quote(part.substring(end)));
    return new Segment(part, List.copyOf(names), Pattern.compile(pattern.toString()));
  }

  /** The segments of a path; leading, trailing and doubled slashes count for nothing. */
  public static List<String> parts(String path) {
    List<String> parts = new ArrayList<>();
    for (String part : path.split("/", -1)) {
      if (!part.isEmpty()) {
        parts.add(part);
      }
    }
    return parts;
  }

  public String text() {
    return text;
  }

  /** The values of the parameters in path order when the raw path fits, decoded. */
  public Optional<Map<String, String>> match(List<String> rawParts) {
    if (rawParts.size() != segments.size()) {
      return Optional.empty();
    }
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      String part = decode(rawParts.get(i));
      if (segment.isLiteral()) {
        if (!segment.text().equals(part)) {
          return Optional.empty();
        }
        continue;
      }
      Matcher matcher = segment.pattern().matcher(part);
      if (!matcher.matches()) {
        return Optional.empty();
      }
      for (int group = 0; group < segment.parameters().size(); group++) {
        values.put(segment.parameters().get(group), matcher.group(group + 1));
      }
    }
    return Optional.of(values);
  }

  /** Higher is more specific: literal segments count, the leftmost most. */
  public String specificity() {
    StringBuilder rank = new StringBuilder();
    for (Segment segment : segments) {
      boolean bare = segment.text().startsWith("{") && segment.text().endsWith("}");
      rank.append(segment.isLiteral() ? '2' : bare ? '0' : '1');
    }
    return rank.toString();
  }

  private static String decode(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    try {
      return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return part;
    }
  }

  @Override
  public String toString() {
    return text;
  }
}
