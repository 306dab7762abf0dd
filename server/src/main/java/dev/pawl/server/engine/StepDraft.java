package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.FieldDifference;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.AsStored;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step execution's record as it grows; each change gives the record to be written. */
final class StepDraft {
  private final StepRecord record;

  /** When its method was started here, by {@link System#nanoTime}; 0: it was not. */
  private final long begun;

  private StepDraft(StepRecord record, long begun) {
    this.record = record;
    this.begun = begun;
  }

  static StepDraft of(RunRecord run, StepDefinition step, StepKey key, int ordinal) {
    return new StepDraft(
        new StepRecord(
            key,
            run.attempt(),
            ordinal,
            step.name() == null ? step.id() : step.name(),
            step.model(),
            step.method(),
            "",
            StepStatus.PENDING,
            null,
            null,
            null,
            List.of(),
            List.of(),
            null,
            0,
            "",
            null,
            null),
        0);
  }

  /** Of a step that was written before. */
  static StepDraft of(StepRecord record) {
    return new StepDraft(record, 0);
  }

  StepRecord record() {
    return record;
  }

  StepKey key() {
    return record.key();
  }

  StepDraft resolved(String instance, String fingerprint) {
    return with(instance, record.status(), null, fingerprint, null, null, null, record.tries(), "");
  }

  /** Its method starts, for the so-manieth time. */
  StepDraft running(int tries) {
    StepDraft started = begun == 0 ? new StepDraft(record, System.nanoTime()) : this;
    return started.with(
        record.instance(),
        StepStatus.RUNNING,
        null,
        record.fingerprint(),
        null,
        null,
        null,
        tries,
        "");
  }

  /** Its method runs and waits for something. */
  StepDraft waiting(String what) {
    return with(
        record.instance(),
        StepStatus.RUNNING,
        null,
        record.fingerprint(),
        null,
        null,
        null,
        record.tries(),
        what);
  }

  /** It waits, and nothing of it runs. */
  StepDraft suspended(String what) {
    return with(
        record.instance(),
        StepStatus.WAITING,
        null,
        record.fingerprint(),
        null,
        null,
        null,
        Math.max(1, record.tries()),
        what);
  }

  StepDraft succeeded(MethodResult result, JsonNode output) {
    return with(
        record.instance(),
        StepStatus.SUCCEEDED,
        result.outcome(),
        record.fingerprint(),
        AsStored.of(output),
        result,
        null,
        record.tries(),
        "");
  }

  StepDraft succeeded(Outcome outcome, JsonNode output) {
    return with(
        record.instance(),
        StepStatus.SUCCEEDED,
        outcome,
        record.fingerprint(),
        AsStored.of(output),
        null,
        null,
        record.tries(),
        "");
  }

  /** Not run: somebody has said what it comes to. */
  StepDraft overridden(StepOverride said) {
    MethodResult result =
        MethodResult.of(said.output(), Outcome.SKIPPED)
            .withWarnings(List.of("skipped by " + said.requester() + ": " + said.reason()));
    return succeeded(result, said.output());
  }

  StepDraft failed(StepError error) {
    return with(
        record.instance(),
        StepStatus.FAILED,
        null,
        record.fingerprint(),
        null,
        null,
        error,
        record.tries(),
        "");
  }

  StepDraft ended(StepStatus status) {
    return with(
        record.instance(),
        status,
        null,
        record.fingerprint(),
        null,
        null,
        record.error(),
        record.tries(),
        "");
  }

  private StepDraft with(
      String instance,
      StepStatus status,
      @Nullable Outcome outcome,
      @Nullable String fingerprint,
      @Nullable JsonNode output,
      @Nullable MethodResult result,
      @Nullable StepError error,
      int tries,
      String waitingFor) {
    if (status != record.status() && !record.status().next().contains(status)) {
      throw new IllegalStateException(
          "step " + record.key() + " can't become " + status + ": it is " + record.status());
    }
    List<FieldDifference> differs = result == null ? List.of() : result.differs();
    List<String> warnings = result == null ? List.of() : result.warnings();
    Instant started = tries > 0 ? started() : null;
    Instant ended = status.hasEnded() ? Instant.EPOCH : null;
    return new StepDraft(
        new StepRecord(
            record.key(),
            record.attempt(),
            record.ordinal(),
            record.name(),
            record.modelType(),
            record.method(),
            instance,
            status,
            outcome,
            fingerprint,
            output,
            differs,
            warnings,
            error,
            tries,
            waitingFor,
            started,
            ended),
        begun);
  }

  /** A step that was started in another process keeps its time. */
  private Instant started() {
    Instant known = record.startedAt();
    return known != null && StepRecord.age(known).isEmpty()
        ? known
        : StepRecord.ago(begun == 0 ? 0 : System.nanoTime() - begun);
  }
}
