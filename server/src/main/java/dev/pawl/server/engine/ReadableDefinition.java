package dev.pawl.server.engine;

import dev.pawl.server.language.InvalidWorkflow;
import dev.pawl.server.language.LimitExceeded;
import dev.pawl.server.language.WorkflowParser;
import dev.pawl.server.workflow.WorkflowDefinition;
import java.util.Optional;

/** A definition as it reads by itself, whatever the models say of it. */
final class ReadableDefinition {
  private ReadableDefinition() {}

  /** Empty when the text is no workflow. */
  static Optional<WorkflowDefinition> of(String fileName, String text) {
    try {
      return Optional.of(WorkflowParser.parse(fileName, text).definition());
    } catch (InvalidWorkflow | LimitExceeded e) {
      return Optional.empty();
    }
  }
}
