package dev.pawl.core;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations in arguments, written as in workflow files: {@code 30s}, {@code 1m30s}. */
public final class Durations {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9}(ms|s|m|h))+");
  private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h)");
  private static final Map<String, Duration> UNITS =
      Map.of(
          "ms", Duration.ofMillis(1),
          "s", Duration.ofSeconds(1),
          "m", Duration.ofMinutes(1),
          "h", Duration.ofHours(1));

  private Durations() {}

  /**
   * Reads an argument.
   *
   * @param otherwise where it is missing or null
   * @throws MethodException INVALID_ARGUMENTS unless it is above zero and at most {@code longest}
   */
  public static Duration of(JsonNode arguments, String name, Duration otherwise, Duration longest)
      throws MethodException {
    JsonNode value = arguments.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    String text = value.asText();
    if (!TEXT.matcher(text).matches()) {
      throw Refused.arguments(
          name + " '" + text + "' is not a duration; write 30s, 2m, 1h30m or 500ms");
    }
    Duration sum = Duration.ZERO;
    Matcher part = PART.matcher(text);
    while (part.find()) {
      sum =
          sum.plus(
              UNITS
                  .getOrDefault(part.group(2), Duration.ZERO)
                  .multipliedBy(Long.parseLong(part.group(1))));
    }
    if (sum.isZero() || sum.compareTo(longest) > 0) {
      throw Refused.arguments(
          name
              + " is "
              + text
              + "; it must be above zero and at most "
              + longest.toSeconds()
              + "s");
    }
    return sum;
  }
}
