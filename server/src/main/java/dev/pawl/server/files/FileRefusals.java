package dev.pawl.server.files;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;

/** Why files can't be kept or restored, in words. What the step did is done by then. */
final class FileRefusals {
  private FileRefusals() {}

  static MethodException refused(String path, String why) {
    return MethodException.unknown(
        Failure.of(
            Reason.WORKSPACE_REFUSED, "'" + path + "' can't be kept in the workspace: " + why));
  }

  static MethodException limit(String message) {
    return MethodException.unknown(Failure.of(Reason.LIMIT_EXCEEDED, message));
  }

  static MethodException unreadable(String path, Exception e) {
    return refused(
        path,
        "it can't be read ("
            + e.getClass().getSimpleName()
            + ": "
            + e.getMessage()
            + "); a step must leave its files readable, and end whatever else writes to them");
  }
}
