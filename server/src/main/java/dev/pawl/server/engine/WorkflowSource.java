package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.workflow.StoredName;

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
    /**
     * Reads {@code NAME} or {@code NAME@VERSION}; no name of a workflow holds an {@code @}.
     *
     * @throws IllegalArgumentException in a sentence for whoever wrote it
     */
    static Stored parse(String text) {
      StoredName name = StoredName.parse(text);
      return new Stored(name.name(), name.version());
    }

    public Stored {
      requireNonNull(name, "name");
    }
  }
}
