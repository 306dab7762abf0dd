package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.Selection;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins a new attempt of an ended run: what succeeded and is untouched is kept. */
public final class RetryRun {
  private static final String RPC = "RetryRun";

  private final RunStore store;
  private final FindRun runs;
  private final MendRun mend;
  private final RunIds ids;
  private final OwnedRuns owned;
  private final IdempotencyKeys keys;

  @Inject
  RetryRun(
      RunStore store,
      FindRun runs,
      MendRun mend,
      RunIds ids,
      OwnedRuns owned,
      IdempotencyKeys keys) {
    this.store = store;
    this.runs = runs;
    this.mend = mend;
    this.ids = ids;
    this.owned = owned;
    this.keys = keys;
  }

  /**
   * A run to retry.
   *
   * @param expectedAttempt the latest attempt the caller has seen; null: whichever it is
   * @param definition the mended one; null: as before
   * @param inputChanges each member replaces that input; null takes it back to its default
   * @param fromStep this step and all downstream run, besides what would anyway; null for none
   * @param steps only these run, {@code id} or {@code id[iteration]}; empty leaves it to the engine
   * @param recreate whether creates make anew what was deleted after the run began
   */
  public record Command(
      RunKey run,
      @Nullable Integer expectedAttempt,
      @Nullable String definition,
      String fileName,
      ObjectNode inputChanges,
      @Nullable String fromStep,
      List<String> steps,
      boolean recreate,
      @Nullable String idempotencyKey,
      String requester) {
    public Command {
      requireNonNull(run, "run");
      requireNonNull(fileName, "fileName");
      requireNonNull(inputChanges, "inputChanges");
      steps = List.copyOf(steps);
      requireNonNull(requester, "requester");
      if (fromStep != null && !steps.isEmpty()) {
        throw ServerFailure.invalidField(
            "options.steps",
            "goes not with from_step: that runs what would run anyway too, this only what is"
                + " named");
      }
    }

    /** Which steps it is to run. */
    Selection selection() {
      return new Selection(fromStep, steps, recreate);
    }

    /** Once more, with nothing changed. */
    static Command again(RunKey run, int attempt, String requester) {
      return new Command(
          run, attempt, null, "", Json.object(), null, List.of(), false, null, requester);
    }
  }

  /**
   * Begins the attempt.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_NOT_ENDED, RUN_SUCCEEDED, RUN_ARCHIVED,
   *     TOTAL_TIMEOUT_PASSED, ATTEMPT_CHANGED, INVALID_WORKFLOW, INVALID_INPUTS, STEP_NOT_FOUND,
   *     IDEMPOTENCY_KEY_REUSED
   */
  public StartRun.Result run(Command command) {
    RunRecord run = runs.run(command.run());
    Idempotency key = idempotency(command);
    Optional<KnownKey> known = keys.find(command.run().namespace(), key);
    if (known.isPresent()) {
      return replayed(run, known.get(), requireNonNull(key));
    }
    refuse(run, command);
    MendRun.Mended mended = mend.run(run, command);
    refuseOverdue(run, mended.workflow().definition(), store);
    try (OwnedRuns.Room room = owned.room()) {
      StartAnswer answer =
          store
              .begin(attempt(run, command, mended, room.executor(), key))
              .orElseThrow(() -> overtaken(run, command));
      if (answer instanceof StartAnswer.Started started) {
        room.launch(started.run(), mended.workflow());
        return new StartRun.Result(started.run(), false);
      }
      return replayed(run, ((StartAnswer.Known) answer).first(), requireNonNull(key));
    }
  }

  private NewAttempt attempt(
      RunRecord run,
      Command command,
      MendRun.Mended mended,
      @Nullable String executor,
      @Nullable Idempotency key) {
    boolean isMended = command.definition() != null;
    return new NewAttempt(
        run,
        AttemptReason.RETRY,
        command.requester(),
        isMended ? mended.definition() : null,
        isMended ? mended.fileName() : null,
        mended.inputs().equals(run.inputs()) ? null : mended.inputs(),
        mended.workflow().definition().recovery(),
        command.selection(),
        ids.next(),
        executor,
        key);
  }

  /** Why the run is no longer as it was read: mostly another retry came first. */
  private ServerFailure overtaken(RunRecord read, Command command) {
    RunRecord now = store.find(read.key()).orElse(read);
    if (now.attempt() == read.attempt()) {
      refuse(now, command);
    }
    return changed(now);
  }

  private StartRun.Result replayed(RunRecord run, KnownKey first, Idempotency key) {
    IdempotencyKeys.refuseOther(first, key);
    return new StartRun.Result(store.find(run.key()).orElse(run), true);
  }

  /** Refuses what cannot be retried. */
  static void refuse(RunRecord run, Command command) {
    refuseOtherAttempt(run, command.expectedAttempt());
    refuseArchived(run);
    if (run.status() == RunStatus.SUCCEEDED) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "RUN_SUCCEEDED",
          "run "
              + run.key().runId()
              + " has succeeded, so there is nothing to retry;"
              + " start a new run to bring its resources up to date");
    }
    if (!run.status().isRetryable()) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "RUN_NOT_ENDED",
          "run "
              + run.key().runId()
              + " is "
              + run.status()
              + "; wait for its end, or cancel it first");
    }
  }

  /** Refuses to speak of another attempt than the caller has seen. */
  static void refuseOtherAttempt(RunRecord run, @Nullable Integer expected) {
    if (expected != null && expected != run.attempt()) {
      throw changed(run);
    }
  }

  /** Refuses what was put aside. */
  static void refuseArchived(RunRecord run) {
    if (run.archivedAt() != null) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "RUN_ARCHIVED",
          "run "
              + run.key().runId()
              + " was archived at "
              + run.archivedAt()
              + ", for good; start a new run, which takes what exists");
    }
  }

  /** Refuses an attempt that has no time left. */
  static void refuseOverdue(RunRecord run, WorkflowDefinition workflow, RunStore store) {
    Duration left = TimeLimit.leftOfAll(run, workflow, store);
    if (left != null && !left.isPositive()) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "TOTAL_TIMEOUT_PASSED",
          "run "
              + run.key().runId()
              + " was created at "
              + run.createdAt()
              + ", and all its attempts together may take "
              + workflow.totalTimeout()
              + "; retry it with a definition whose spec.totalTimeout is longer, or start a new"
              + " run, which takes what exists");
    }
  }

  static ServerFailure changed(RunRecord now) {
    return ServerFailure.of(
            Code.ABORTED,
            "ATTEMPT_CHANGED",
            "run "
                + now.key().runId()
                + " is in attempt "
                + now.attempt()
                + " by now; look at it again")
        .with(Map.of("attempt", Integer.toString(now.attempt())));
  }

  private @Nullable Idempotency idempotency(Command command) {
    return keys.of(RPC, command.idempotencyKey(), () -> payload(command));
  }

  /** All that decides what the attempt does; not the attempt that the caller has seen. */
  private static ObjectNode payload(Command command) {
    ObjectNode request = Json.object().put("run_id", command.run().runId());
    ObjectNode options = request.putObject("options");
    String definition = command.definition();
    if (definition != null) {
      options.set(
          "definition",
          ReadableDefinition.of(command.fileName(), definition)
              .map(WorkflowDefinition::canonical)
              .orElse(TextNode.valueOf(definition)));
    }
    options.set("inputs", command.inputChanges());
    if (command.fromStep() != null) {
      options.put("from_step", command.fromStep());
    }
    command.steps().stream().distinct().sorted().forEach(options.withArray("steps")::add);
    options.put("recreate", command.recreate());
    return request;
  }
}
