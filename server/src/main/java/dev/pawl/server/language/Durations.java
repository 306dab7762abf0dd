package dev.pawl.server.language;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as files write them: {@code 30s}, {@code 1h30m}, {@code {minutes: 1}}. */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(?:d|h|ms|m|s))+");
  private static final Pattern PART = Pattern.compile("(\\d{1,9})(d|h|ms|m|s)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "d", Duration.ofDays(1),
          "h", Duration.ofHours(1),
          "m", Duration.ofMinutes(1),
          "s", Duration.ofSeconds(1),
          "ms", Duration.ofMillis(1));
  private static final Map<String, Duration> WORDS =
      Map.of(
          "days", Duration.ofDays(1),
          "hours", Duration.ofHours(1),
          "minutes", Duration.ofMinutes(1),
          "seconds", Duration.ofSeconds(1),
          "milliseconds", Duration.ofMillis(1));
  private static final Duration MAX = Duration.ofDays(366);

  private Durations() {}

  /**
   * Reads a duration of more than zero and at most 366 days.
   *
   * @throws IllegalArgumentException saying how durations are written
   */
  public static Duration parse(JsonNode value) {
    Duration duration = value.isTextual() ? text(value.textValue()) : words(value);
    if (duration.isZero() || duration.compareTo(MAX) > 0) {
      throw new IllegalArgumentException(
          "a duration is more than 0 and at most 366d, this is " + value.asText(value.toString()));
    }
    return duration;
  }

  /** As a file would write it: {@code 1d12h}. */
  public static String write(Duration duration) {
    StringBuilder out = new StringBuilder();
    part(out, duration.toDaysPart(), "d");
    part(out, duration.toHoursPart(), "h");
    part(out, duration.toMinutesPart(), "m");
    part(out, duration.toSecondsPart(), "s");
    part(out, duration.toMillisPart(), "ms");
    return out.isEmpty() ? "0s" : out.toString();
  }

  private static void part(StringBuilder out, long count, String unit) {
    if (count > 0) {
      out.append(count).append(unit);
    }
  }

  private static Duration text(String text) {
    if (!TEXT.matcher(text).matches()) {
      throw bad("'" + text + "'");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum = sum.plus(times(UNITS, part.group(2), Long.parseLong(part.group(1))));
    }
    return sum;
  }

  private static Duration words(JsonNode value) {
    if (!value.isObject() || value.isEmpty()) {
      throw bad(value.toString());
    }
    Duration sum = Duration.ZERO;
    for (var entry : value.properties()) {
      if (!WORDS.containsKey(entry.getKey())
          || !entry.getValue().isIntegralNumber()
          || !entry.getValue().canConvertToInt()
          || entry.getValue().intValue() < 0) {
        throw bad(value.toString());
      }
      sum = sum.plus(times(WORDS, entry.getKey(), entry.getValue().intValue()));
    }
    return sum;
  }

  private static Duration times(Map<String, Duration> units, String unit, long count) {
    return units.getOrDefault(unit, Duration.ZERO).multipliedBy(count);
  }

  private static IllegalArgumentException bad(String what) {
    return new IllegalArgumentException(
        what + " is not a duration; write 30s, 2m, 1h30m, 500ms or {minutes: 1}");
  }
}
