package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

/**
 * How a file names a stored workflow: {@code NAME} or {@code NAME@VERSION}. No name of a workflow
 * holds an {@code @}.
 *
 * @param version from 1; 0: the latest
 */
public record StoredName(String name, long version) {
  public StoredName {
    requireNonNull(name, "name");
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException in a sentence for whoever wrote it
   */
  public static StoredName parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    String version = at < 0 ? "" : text.substring(at + 1);
    boolean wellFormed = at < 0 || version.matches("[1-9][0-9]{0,8}");
    if (name.isBlank() || !wellFormed) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' names no stored workflow; write NAME, or NAME@VERSION with a version from 1");
    }
    return new StoredName(name, at < 0 ? 0 : Long.parseLong(version));
  }
}
