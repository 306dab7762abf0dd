package dev.pawl.cli.embedded;

import dev.pawl.model.http.ConnectionSettings;
import java.util.List;

/**
 * What a command wants of the embedded server besides its answers.
 *
 * @param connections where APIs live
 * @param sandboxes APIs to simulate: a name, or the absolute path of a document
 * @param commands programs that steps may start
 */
public record Wishes(
    List<ConnectionSettings> connections, List<String> sandboxes, List<String> commands) {
  public static final Wishes NONE = new Wishes(List.of(), List.of());

  public Wishes {
    connections = List.copyOf(connections);
    sandboxes = List.copyOf(sandboxes);
    commands = List.copyOf(commands);
  }

  /** No programs. */
  public Wishes(List<ConnectionSettings> connections, List<String> sandboxes) {
    this(connections, sandboxes, List.of());
  }

  public boolean isEmpty() {
    return connections.isEmpty() && sandboxes.isEmpty() && commands.isEmpty();
  }
}
