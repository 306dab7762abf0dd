package dev.pawl.server.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A step execution: one step, or one iteration of one, in one attempt.
 *
 * @param ordinal place in the order shown to people: the file's, then the iteration's
 * @param instance as resolved; empty until then
 * @param outcome null unless SUCCEEDED
 * @param fingerprint of what the step does and its resolved arguments; null until resolved
 * @param output null unless SUCCEEDED; JSON null is an output
 * @param error null unless FAILED or CANCELLED
 * @param tries how often its method was started in this attempt
 * @param waitingFor what it waits for, in words; empty when for nothing
 * @param startedAt on the database's clock; null until started. When writing: {@link #ago}, for a
 *     row that has none yet
 * @param endedAt on the database's clock; null until ended. When writing, any value means now
 */
public record StepRecord(
    StepKey key,
    int attempt,
    int ordinal,
    String name,
    String modelType,
    String method,
    String instance,
    StepStatus status,
    @Nullable Outcome outcome,
    @Nullable String fingerprint,
    @Nullable JsonNode output,
    List<FieldDifference> differs,
    List<String> warnings,
    @Nullable StepError error,
    int tries,
    String waitingFor,
    @Nullable Instant startedAt,
    @Nullable Instant endedAt) {
  /** No step of ours runs for thirty years, and none ran before. */
  private static final Instant OURS = Instant.parse("2000-01-01T00:00:00Z");

  public StepRecord {
    requireNonNull(key, "key");
    requireNonNull(name, "name");
    requireNonNull(modelType, "modelType");
    requireNonNull(method, "method");
    requireNonNull(instance, "instance");
    requireNonNull(status, "status");
    differs = List.copyOf(differs);
    warnings = List.copyOf(warnings);
    requireNonNull(waitingFor, "waitingFor");
    if ((status == StepStatus.SUCCEEDED) != (outcome != null)) {
      throw new IllegalArgumentException(
          key + ": a step has an outcome exactly when it succeeded, not " + status);
    }
  }

  /** A time that becomes one of the database's when it is written: so many nanoseconds before. */
  public static Instant ago(long nanos) {
    return Instant.EPOCH.plusNanos(nanos);
  }

  /** How long ago; empty for a time that is the database's already. */
  public static Optional<Duration> age(Instant time) {
    return time.isBefore(OURS)
        ? Optional.of(Duration.between(Instant.EPOCH, time))
        : Optional.empty();
  }

  /** The same, with the times that are stored. */
  public StepRecord at(@Nullable Instant started, @Nullable Instant ended) {
    return with(waitingFor, started, ended);
  }

  /** The same, waiting for something. */
  public StepRecord waitingFor(String what) {
    return with(what, startedAt, endedAt);
  }

  /** The same, told of without its output. */
  public StepRecord withoutOutput() {
    return with(null, waitingFor, startedAt, endedAt);
  }

  private StepRecord with(String what, @Nullable Instant started, @Nullable Instant ended) {
    return with(output, what, started, ended);
  }

  private StepRecord with(
      @Nullable JsonNode shown, String what, @Nullable Instant started, @Nullable Instant ended) {
    return new StepRecord(
        key,
        attempt,
        ordinal,
        name,
        modelType,
        method,
        instance,
        status,
        outcome,
        fingerprint,
        shown,
        differs,
        warnings,
        error,
        tries,
        what,
        started,
        ended);
  }
}
