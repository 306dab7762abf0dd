package dev.pawl.campaign;

import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What Pawl answered to one create.
 *
 * @param at when
 * @param process to which process
 * @param step whose create
 * @param outcome of a success; null for a failure
 * @param id of the object; null for a failure
 * @param reason of a failure; null for a success, and where the store failed
 * @param effect of a failure
 * @param row as stored at that moment
 */
public record Answer(
    Instant at,
    int process,
    String step,
    @Nullable Outcome outcome,
    @Nullable String id,
    @Nullable Reason reason,
    MethodException.@Nullable Effect effect,
    StoredResource row) {

  public boolean isSuccess() {
    return outcome != null;
  }

  @Override
  public String toString() {
    return "process "
        + process
        + " at "
        + at
        + ": "
        + (outcome == null ? reason : outcome + " " + id);
  }
}
