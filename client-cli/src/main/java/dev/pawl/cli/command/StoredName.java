package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.v1.WorkflowReference;

/** {@code NAME[@VERSION]}: no name of a workflow holds an {@code @}. */
final class StoredName {
  private StoredName() {}

  static WorkflowReference parse(String text) {
    int at = text.indexOf('@');
    String name = at < 0 ? text : text.substring(0, at);
    if (name.isEmpty()) {
      throw wrong(text);
    }
    WorkflowReference.Builder reference = WorkflowReference.newBuilder().setName(name);
    return at < 0 ? reference.build() : reference.setVersion(version(text, at)).build();
  }

  private static int version(String text, int at) {
    try {
      int version = Integer.parseInt(text.substring(at + 1));
      if (version > 0) {
        return version;
      }
    } catch (NumberFormatException e) {
      throw wrong(text);
    }
    throw wrong(text);
  }

  private static CliException wrong(String text) {
    return CliException.usage(
        "'%s' names no stored workflow: give NAME, or NAME@VERSION with a version from 1"
            .formatted(text));
  }
}
