package dev.pawl.server.store;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.server.run.ParentStep;
import dev.pawl.server.run.RunKey;
import org.jspecify.annotations.Nullable;

/**
 * A run to be stored.
 *
 * @param workflowVersion of the stored workflow it is of; 0 for a definition that was sent along
 * @param executorId who claims it in the same insert; null leaves it QUEUED
 * @param idempotency null for none
 * @param parent the step whose child run it is; null for none
 * @param depth how many parents it has, one above the other
 * @param latest whether it is to be stored only if that version is still the latest
 */
public record NewRun(
    RunKey key,
    String workflowName,
    long workflowVersion,
    String definition,
    String definitionFile,
    ObjectNode inputs,
    String recoveryStrategy,
    int maxRecoveries,
    String requester,
    @Nullable String executorId,
    @Nullable Idempotency idempotency,
    @Nullable ParentStep parent,
    int depth,
    boolean latest) {
  public NewRun {
    requireNonNull(key, "key");
    requireNonNull(inputs, "inputs");
  }

  /** A run without a parent. */
  public NewRun(
      RunKey key,
      String workflowName,
      long workflowVersion,
      String definition,
      String definitionFile,
      ObjectNode inputs,
      String recoveryStrategy,
      int maxRecoveries,
      String requester,
      @Nullable String executorId,
      @Nullable Idempotency idempotency) {
    this(
        key,
        workflowName,
        workflowVersion,
        definition,
        definitionFile,
        inputs,
        recoveryStrategy,
        maxRecoveries,
        requester,
        executorId,
        idempotency,
        null,
        0,
        false);
  }
}
