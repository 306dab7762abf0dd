package dev.pawl.server.engine;

import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore;
import jakarta.inject.Inject;

/** Finds the definition of what is to run. */
public final class FindWorkflow {
  private final WorkflowStore store;

  /**
   * A definition.
   *
   * @param version of the stored workflow; 0 for one that was sent along
   */
  record Found(String text, String fileName, long version) {}

  @Inject
  public FindWorkflow(WorkflowStore store) {
    this.store = store;
  }

  /**
   * The text to run.
   *
   * @throws ServerFailure WORKFLOW_NOT_FOUND
   */
  Found run(String namespace, WorkflowSource source) {
    return switch (source) {
      case WorkflowSource.Inline inline -> new Found(inline.text(), inline.fileName(), 0);
      case WorkflowSource.Stored stored -> {
        StoredWorkflow found = find(namespace, stored.name(), stored.version());
        yield new Found(found.definition(), found.definitionFile(), found.version());
      }
    };
  }

  /**
   * A stored version.
   *
   * @param version 0: the latest
   * @throws ServerFailure WORKFLOW_NOT_FOUND
   */
  public StoredWorkflow find(String namespace, String name, long version) {
    return store
        .find(namespace, name, version)
        .orElseThrow(
            () ->
                ServerFailure.of(
                    Code.NOT_FOUND,
                    "WORKFLOW_NOT_FOUND",
                    "namespace "
                        + namespace
                        + " has no workflow "
                        + name
                        + (version == 0 ? "" : " in version " + version)
                        + "; 'pawl workflow list' shows what there is, 'pawl workflow put FILE'"
                        + " stores one"));
  }
}
