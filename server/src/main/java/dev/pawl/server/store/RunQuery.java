package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.RunStatus;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A page of runs, newest first.
 *
 * @param before only runs with a lower id; null from the newest
 * @param limit at most so many
 * @param statuses only these; empty: any
 * @param workflowName only of this workflow; null: any
 * @param archived whether those that were put aside are among them
 */
public record RunQuery(
    String namespace,
    @Nullable String before,
    int limit,
    Set<RunStatus> statuses,
    @Nullable String workflowName,
    Archived archived) {

  /** What becomes of runs that were put aside. */
  public enum Archived {
    LEFT_OUT,
    SHOWN
  }

  public RunQuery {
    requireNonNull(namespace, "namespace");
    statuses = Set.copyOf(statuses);
    requireNonNull(archived, "archived");
  }

  /** Without those that were put aside. */
  public RunQuery(
      String namespace,
      @Nullable String before,
      int limit,
      Set<RunStatus> statuses,
      @Nullable String workflowName) {
    this(namespace, before, limit, statuses, workflowName, Archived.LEFT_OUT);
  }
}
