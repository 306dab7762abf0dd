package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

/** Where the definition of what is to run comes from. */
public sealed interface WorkflowSource {

  /**
   * It is sent along.
   *
   * @param text YAML or JSON
   * @param fileName for messages
   */
  record Inline(String text, String fileName) implements WorkflowSource {
    public Inline {
      requireNonNull(text, "text");
      requireNonNull(fileName, "fileName");
    }
  }

  /**
   * It was put by name.
   *
   * @param version 0: the latest at the time of the call
   */
  record Stored(String name, long version) implements WorkflowSource {
    public Stored {
      requireNonNull(name, "name");
    }
  }
}
