package dev.pawl.cli.command;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.GetWorkflowRequest;
import dev.pawl.v1.WorkflowDefinition;
import dev.pawl.v1.WorkflowReference;
import dev.pawl.v1.WorkflowServiceGrpc;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What to run: a file, or a workflow that the server has stored. */
final class WorkflowChoice {
  @Parameters(arity = "0..1", paramLabel = "FILE", description = "The workflow, YAML or JSON.")
  @Nullable Path file;

  @Option(
      names = "--workflow",
      paramLabel = "NAME[@VERSION]",
      order = 9,
      description = "A stored workflow instead of a file; without a version, its latest.")
  @Nullable String stored;

  /** One of the two, read as far as that needs no server. */
  sealed interface Chosen {
    record InFile(WorkflowDefinition definition) implements Chosen {}

    record ByName(WorkflowReference reference) implements Chosen {}
  }

  Chosen chosen() {
    if (file != null && stored == null) {
      return new Chosen.InFile(WorkflowFile.read(file));
    }
    if (stored != null && file == null) {
      return new Chosen.ByName(StoredName.parse(stored));
    }
    throw CliException.usage(
        file == null
            ? "what to run is missing: give FILE, or --workflow NAME for a stored workflow"
            : "FILE and --workflow are both given: choose one");
  }

  /** The definition's text, to see which inputs are strings. */
  static String text(Chosen chosen, Session session, String namespace) {
    return switch (chosen) {
      case Chosen.InFile inFile -> inFile.definition().getText();
      case Chosen.ByName byName ->
          WorkflowServiceGrpc.newBlockingStub(session.channel())
              .getWorkflow(
                  GetWorkflowRequest.newBuilder()
                      .setNamespace(namespace)
                      .setName(byName.reference().getName())
                      .setVersion(byName.reference().getVersion())
                      .build())
              .getWorkflow()
              .getDefinition()
              .getText();
    };
  }
}
