package dev.pawl.server.engine;

import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.WorkflowStore.Detail;
import jakarta.inject.Inject;
import java.util.List;

/** Lists what was put: the latest of each, or every version of one. */
public final class ListWorkflows {
  /** So many whole definitions of up to a megabyte fit into one answer. */
  private static final int WHOLE = 12;

  private final WorkflowStore store;

  @Inject
  public ListWorkflows(WorkflowStore store) {
    this.store = store;
  }

  /**
   * A page; there are more behind it when {@code more}.
   *
   * @param more whether another page follows
   */
  public record Page(List<StoredWorkflow> workflows, boolean more) {
    public Page {
      workflows = List.copyOf(workflows);
    }

    private static Page of(List<StoredWorkflow> read, int limit) {
      boolean more = read.size() > limit;
      return new Page(more ? read.subList(0, limit) : read, more);
    }
  }

  /**
   * The latest version of each, by name.
   *
   * @param after only names behind this; empty from the first
   */
  public Page latest(String namespace, String after, int limit, Detail detail) {
    int size = fitting(limit, detail);
    return Page.of(store.latest(namespace, after, size + 1, detail), size);
  }

  /**
   * The versions of one, newest first.
   *
   * @param before only lower ones; 0 from the newest
   */
  public Page versions(String namespace, String name, long before, int limit, Detail detail) {
    int size = fitting(limit, detail);
    return Page.of(store.versions(namespace, name, before, size + 1, detail), size);
  }

  private static int fitting(int limit, Detail detail) {
    return switch (detail) {
      case SUMMARY -> limit;
      case WHOLE -> Math.min(limit, WHOLE);
    };
  }
}
