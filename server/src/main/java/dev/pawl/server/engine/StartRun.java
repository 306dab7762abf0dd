package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.workflow.RecoveryPolicy;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Accepts a run: durable, and claimed by this executor in the same write if it has room. */
public final class StartRun {
  private static final Logger LOG = LoggerFactory.getLogger(StartRun.class);
  private static final String RPC = "StartRun";
  private static final Set<String> OVERTAKEN = Set.of("ATTEMPT_CHANGED", "RUN_NOT_ENDED");

  private final CheckWorkflow check;
  private final RunStore store;
  private final FindRun runs;
  private final RunIds ids;
  private final OwnedRuns owned;
  private final RetryRun retry;
  private final IdempotencyKeys keys;
  private final FindWorkflow find;
  private final EndedRuns ended;

  @Inject
  StartRun(
      CheckWorkflow check,
      RunStore store,
      FindRun runs,
      RunIds ids,
      OwnedRuns owned,
      RetryRun retry,
      IdempotencyKeys keys,
      FindWorkflow find,
      EndedRuns ended) {
    this.check = check;
    this.store = store;
    this.runs = runs;
    this.ids = ids;
    this.owned = owned;
    this.retry = retry;
    this.keys = keys;
    this.find = find;
    this.ended = ended;
  }

  /** What to do when a run of the same idempotency key exists. */
  public enum OnExisting {
    ATTACH,
    RETRY_IF_FAILED,
    FAIL
  }

  /**
   * A run to start.
   *
   * @param inputs as given
   * @param idempotencyKey null for none
   */
  public record Command(
      String namespace,
      WorkflowSource workflow,
      ObjectNode inputs,
      @Nullable String idempotencyKey,
      OnExisting onExisting,
      String requester) {
    public Command {
      requireNonNull(namespace, "namespace");
      requireNonNull(workflow, "workflow");
      requireNonNull(inputs, "inputs");
      requireNonNull(onExisting, "onExisting");
      requireNonNull(requester, "requester");
    }

    /** Of a definition that is sent along. */
    public Command(
        String namespace,
        String definition,
        String fileName,
        ObjectNode inputs,
        @Nullable String idempotencyKey,
        OnExisting onExisting,
        String requester) {
      this(
          namespace,
          new WorkflowSource.Inline(definition, fileName),
          inputs,
          idempotencyKey,
          onExisting,
          requester);
    }
  }

  /**
   * The run.
   *
   * @param replayed whether an earlier call with the same key had started it
   * @param end what {@link AwaitRun} needs to know of it; null where it is not worked on here
   */
  public record Result(
      RunRecord run, boolean replayed, @Nullable CompletableFuture<Optional<RunView>> end) {
    /** Of a run that others work on, or nobody. */
    public Result(RunRecord run, boolean replayed) {
      this(run, replayed, null);
    }
  }

  /**
   * Starts, or finds the run of the same key.
   *
   * @throws ServerFailure WORKFLOW_NOT_FOUND, INVALID_WORKFLOW, INVALID_INPUTS,
   *     IDEMPOTENCY_KEY_REUSED, RUN_EXISTS, IDEMPOTENCY_KEY_EXPIRED, LIMIT_EXCEEDED
   */
  public Result run(Command command) {
    return recent(command).orElseGet(() -> anew(command));
  }

  /** With what was the latest version a moment ago, if it still is: without reading it again. */
  private Optional<Result> recent(Command command) {
    if (!(command.workflow() instanceof WorkflowSource.Stored stored) || stored.version() != 0) {
      return Optional.empty();
    }
    return find.recent(command.namespace(), stored.name()).flatMap(found -> recent(command, found));
  }

  private Optional<Result> recent(Command command, FindWorkflow.Found found) {
    Checked checked;
    try {
      checked = checked(command, found);
    } catch (ServerFailure e) {
      LOG.debug("not by version {}: {}", found.version(), e.getMessage());
      return Optional.empty();
    }
    return start(command, checked, key(command, checked.workflow()::definition), true);
  }

  private Result anew(Command command) {
    Checked checked;
    try {
      checked = checked(command);
    } catch (ServerFailure e) {
      return acceptedBefore(command, e);
    }
    return start(command, checked, key(command, checked.workflow()::definition));
  }

  /**
   * The same for another call that is kept as a run.
   *
   * @param key of that call; null for none
   */
  Result run(Command command, @Nullable Idempotency key) {
    return start(command, checked(command), key);
  }

  /** What is to run, found to be whole. */
  private record Checked(FindWorkflow.Found found, ParsedWorkflow workflow, ObjectNode inputs) {}

  private Checked checked(Command command) {
    return checked(command, find.run(command.namespace(), command.workflow()));
  }

  private Checked checked(Command command, FindWorkflow.Found found) {
    ParsedWorkflow workflow = check.definition(found.fileName(), found.text());
    return new Checked(found, workflow, check.inputs(workflow, command.inputs()));
  }

  private Result start(Command command, Checked checked, @Nullable Idempotency key) {
    return start(command, checked, key, false).orElseThrow();
  }

  /**
   * Stores it and begins to work on it.
   *
   * @param ifLatest only where its version of its workflow is still the latest; else empty
   */
  private Optional<Result> start(
      Command command, Checked checked, @Nullable Idempotency key, boolean ifLatest) {
    RunKey run = new RunKey(command.namespace(), ids.next());
    try (OwnedRuns.Room room = owned.room()) {
      NewRun asked = newRun(run, command, checked, room.executor(), key, ifLatest);
      return switch (store.start(asked)) {
        case StartAnswer.Started started ->
            Optional.of(
                new Result(
                    started.run(),
                    false,
                    room.launch(started.run(), checked.workflow()).orElse(null)));
        case StartAnswer.Known known -> Optional.of(known(known, requireNonNull(key), command));
        case StartAnswer.Outdated outdated -> Optional.empty();
      };
    }
  }

  private static NewRun newRun(
      RunKey run,
      Command command,
      Checked checked,
      @Nullable String executor,
      @Nullable Idempotency key,
      boolean ifLatest) {
    WorkflowDefinition definition = checked.workflow().definition();
    RecoveryPolicy recovery = definition.recovery();
    return new NewRun(
        run,
        definition.name(),
        checked.found().version(),
        checked.found().text(),
        checked.found().fileName(),
        checked.inputs(),
        recovery.strategy().name().toLowerCase(Locale.ROOT),
        recovery.maxRecoveries(),
        command.requester(),
        executor,
        key,
        null,
        0,
        ifLatest);
  }

  /** A stored workflow counts by its name: that it got another version makes no other request. */
  private @Nullable Idempotency key(Command command, Supplier<WorkflowDefinition> definition) {
    return keys.of(
        RPC,
        command.idempotencyKey(),
        () -> {
          ObjectNode request = Json.object();
          switch (command.workflow()) {
            case WorkflowSource.Inline inline ->
                request.set("definition", definition.get().canonical());
            case WorkflowSource.Stored stored ->
                request
                    .putObject("stored_workflow")
                    .put("name", stored.name())
                    .put("version", stored.version());
          }
          request.set("inputs", command.inputs());
          return request;
        });
  }

  /** What was accepted once is answered, although it could not be accepted now. */
  private Result acceptedBefore(Command command, ServerFailure now) {
    Idempotency key = key(command, () -> readable(command, now));
    KnownKey first = keys.findSame(command.namespace(), key).orElseThrow(() -> now);
    return known(new StartAnswer.Known(first), requireNonNull(key), command);
  }

  private static WorkflowDefinition readable(Command command, ServerFailure now) {
    return switch (command.workflow()) {
      case WorkflowSource.Inline inline ->
          ReadableDefinition.of(inline.fileName(), inline.text()).orElseThrow(() -> now);
      case WorkflowSource.Stored stored -> throw now;
    };
  }

  private Result known(StartAnswer.Known known, Idempotency key, Command command) {
    KnownKey first = known.first();
    IdempotencyKeys.refuseOther(first, key);
    RunKey started = new RunKey(command.namespace(), first.runId());
    if (known.settled() && command.onExisting() != OnExisting.FAIL) {
      RunView view = ended.get(started);
      return new Result(view.run(), true, CompletableFuture.completedFuture(Optional.of(view)));
    }
    RunRecord run = runs.run(started);
    return switch (command.onExisting()) {
      case ATTACH -> new Result(run, true);
      case RETRY_IF_FAILED ->
          run.status().isRetryable() ? retried(run, command) : new Result(run, true);
      case FAIL ->
          throw ServerFailure.of(
                  Code.ALREADY_EXISTS,
                  "RUN_EXISTS",
                  "run "
                      + first.runId()
                      + " was started with the idempotency key "
                      + key.key()
                      + "; leave on_existing out to attach to it, or use a new key")
              .with(IdempotencyKeys.facts(first));
    };
  }

  /** Of concurrent duplicates one retries, the others attach to that attempt. */
  private Result retried(RunRecord run, Command command) {
    try {
      RetryRun.Command again =
          RetryRun.Command.again(run.key(), run.attempt(), command.requester());
      return new Result(retry.run(again).run(), true);
    } catch (ServerFailure e) {
      if (!OVERTAKEN.contains(e.reason())) {
        throw e;
      }
      return new Result(store.find(run.key()).orElse(run), true);
    }
  }
}
