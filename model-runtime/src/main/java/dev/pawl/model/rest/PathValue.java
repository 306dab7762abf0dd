package dev.pawl.model.rest;

import static java.util.Objects.requireNonNull;

/**
 * How a value becomes a path parameter's, where an API gives more than its path takes.
 *
 * @param prefix taken off where the value begins with it, such as {@code refs/}; may be empty
 * @param last whether only what follows the last slash is taken
 * @param slashes whether the value's slashes stay slashes in the path, instead of being encoded
 */
public record PathValue(String prefix, boolean last, boolean slashes) {
  /** As it is. */
  public static final PathValue WHOLE = new PathValue("", false, false);

  /** {@code t} of {@code projects/p/things/t}. */
  public static final PathValue LAST_SEGMENT = new PathValue("", true, false);

  public PathValue {
    requireNonNull(prefix, "prefix");
  }

  String of(String value) {
    String text = value.startsWith(prefix) ? value.substring(prefix.length()) : value;
    return last ? text.substring(text.lastIndexOf('/') + 1) : text;
  }
}
