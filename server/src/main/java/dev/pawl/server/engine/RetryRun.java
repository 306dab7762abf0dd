package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Begins a new attempt of an ended run: what succeeded and is untouched is kept. */
public final class RetryRun {
  private static final String RPC = "RetryRun";

  private final CheckWorkflow check;
  private final RunStore store;
  private final OwnedRuns owned;
  private final IdempotencyKeys keys;

  @Inject
  RetryRun(CheckWorkflow check, RunStore store, OwnedRuns owned, IdempotencyKeys keys) {
    this.check = check;
    this.store = store;
    this.owned = owned;
    this.keys = keys;
  }

  /**
   * A run to retry.
   *
   * @param expectedAttempt the latest attempt the caller has seen; null: whichever it is
   * @param definition the mended one; null: as before
   * @param inputChanges each member replaces that input; null takes it back to its default
   * @param fromStep null for none
   * @param steps empty for none
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
    }

    /** Once more, with nothing changed. */
    static Command again(RunKey run, int attempt, String requester) {
      return new Command(
          run, attempt, null, "", Json.object(), null, List.of(), false, null, requester);
    }
  }

  /** What the next attempt runs. */
  record Mended(ParsedWorkflow workflow, String definition, String fileName, ObjectNode inputs) {}

  /**
   * Begins the attempt.
   *
   * @throws ServerFailure RUN_NOT_FOUND, RUN_NOT_ENDED, RUN_SUCCEEDED, ATTEMPT_CHANGED,
   *     INVALID_WORKFLOW, INVALID_INPUTS, IDEMPOTENCY_KEY_REUSED, NOT_IMPLEMENTED
   */
  public StartRun.Result run(Command command) {
    RunRecord run = store.find(command.run()).orElseThrow(() -> WatchRun.notFound(command.run()));
    Idempotency key = idempotency(command);
    Optional<KnownKey> known = keys.find(command.run().namespace(), key);
    if (known.isPresent()) {
      return replayed(run, known.get(), requireNonNull(key));
    }
    refuse(run, command);
    Mended mended = mend(run, command);
    try (OwnedRuns.Room room = owned.room()) {
      StartAnswer answer =
          store
              .begin(
                  new NewAttempt(
                      run,
                      AttemptReason.RETRY,
                      command.requester(),
                      command.definition() == null ? null : mended.definition(),
                      command.definition() == null ? null : mended.fileName(),
                      mended.inputs().equals(run.inputs()) ? null : mended.inputs(),
                      mended.workflow().definition().recovery(),
                      room.executor(),
                      key))
              .orElseThrow(() -> changed(command));
      if (answer instanceof StartAnswer.Started started) {
        room.launch(started.run(), mended.workflow());
        return new StartRun.Result(started.run(), false);
      }
      return replayed(run, ((StartAnswer.Known) answer).first(), requireNonNull(key));
    }
  }

  private StartRun.Result replayed(RunRecord run, KnownKey first, Idempotency key) {
    IdempotencyKeys.refuseOther(first, key);
    return new StartRun.Result(store.find(run.key()).orElse(run), true);
  }

  /** What the next attempt would run. */
  Mended mend(RunRecord run, Command command) {
    String definition = command.definition() == null ? run.definition() : command.definition();
    String file = command.definition() == null ? run.definitionFile() : command.fileName();
    ParsedWorkflow workflow = check.definition(file, definition);
    if (!workflow.definition().name().equals(run.workflowName())) {
      throw ServerFailure.invalidField(
          "options.definition",
          "is workflow "
              + workflow.definition().name()
              + ", but run "
              + run.key().runId()
              + " is of "
              + run.workflowName()
              + "; start a new run for another workflow");
    }
    ObjectNode inputs = run.inputs().deepCopy();
    command
        .inputChanges()
        .properties()
        .forEach(
            e -> {
              if (e.getValue().isNull()) {
                inputs.remove(e.getKey());
              } else {
                inputs.set(e.getKey(), e.getValue());
              }
            });
    return new Mended(workflow, definition, file, check.inputs(workflow, inputs));
  }

  /** Refuses what cannot be retried. */
  static void refuse(RunRecord run, Command command) {
    if (command.fromStep() != null || !command.steps().isEmpty()) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "NOT_IMPLEMENTED",
          "choosing the steps of a retry is not available yet; a retry runs what failed or never"
              + " ran, and what depends on it");
    }
    if (command.recreate()) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "NOT_IMPLEMENTED",
          "recreate is not available for a whole retry yet; set `recreate: true` on the step in a"
              + " mended definition");
    }
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
    if (command.expectedAttempt() != null && command.expectedAttempt() != run.attempt()) {
      throw changed(command);
    }
  }

  private static ServerFailure changed(Command command) {
    return ServerFailure.of(
        Code.ABORTED,
        "ATTEMPT_CHANGED",
        "run " + command.run().runId() + " has begun another attempt by now; look at it again");
  }

  private @Nullable Idempotency idempotency(Command command) {
    return keys.of(RPC, command.idempotencyKey(), () -> payload(command));
  }

  /** All that makes a retry the same retry. */
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
    command.steps().forEach(options.withArray("steps")::add);
    options.put("recreate", command.recreate());
    if (command.expectedAttempt() != null) {
      request.put("expected_attempt", command.expectedAttempt());
    }
    return request;
  }
}
