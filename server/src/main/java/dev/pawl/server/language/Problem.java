package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Something wrong in a workflow file.
 *
 * @param file as the caller named it
 * @param line from 1
 * @param column from 1, in Unicode code points
 * @param path where in the document, such as {@code spec.steps[2].with.name}; empty for the whole
 * @param message the offender, the expectation and the way out
 * @param suggestion what was probably meant; null where nothing is near
 */
public record Problem(
    String file, int line, int column, String path, String message, @Nullable String suggestion) {
  public Problem {
    requireNonNull(file, "file");
    requireNonNull(path, "path");
    requireNonNull(message, "message");
  }

  /** {@code file:line:column}. */
  public String place() {
    return file + ":" + line + ":" + column;
  }

  /** {@code file:line:column: path: message; did you mean 'x'?}. */
  @Override
  public String toString() {
    return place()
        + ": "
        + (path.isEmpty() ? "" : path + ": ")
        + message
        + (suggestion == null ? "" : "; did you mean '" + suggestion + "'?");
  }
}
