package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.workflow.RecoveryPolicy;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accepts a run: durable, and claimed by this executor in the same write if it has room. */
public final class StartRun {
  private static final String RPC = "StartRun";
  private static final Set<String> OVERTAKEN = Set.of("ATTEMPT_CHANGED", "RUN_NOT_ENDED");

  private final CheckWorkflow check;
  private final RunStore store;
  private final RunIds ids;
  private final OwnedRuns owned;
  private final RetryRun retry;

  @Inject
  StartRun(CheckWorkflow check, RunStore store, RunIds ids, OwnedRuns owned, RetryRun retry) {
    this.check = check;
    this.store = store;
    this.ids = ids;
    this.owned = owned;
    this.retry = retry;
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
   * @param definition YAML or JSON
   * @param fileName for messages
   * @param inputs as given
   * @param idempotencyKey null for none
   */
  public record Command(
      String namespace,
      String definition,
      String fileName,
      ObjectNode inputs,
      @Nullable String idempotencyKey,
      OnExisting onExisting,
      String requester) {
    public Command {
      requireNonNull(namespace, "namespace");
      requireNonNull(definition, "definition");
      requireNonNull(fileName, "fileName");
      requireNonNull(inputs, "inputs");
      requireNonNull(onExisting, "onExisting");
      requireNonNull(requester, "requester");
    }
  }

  /**
   * The run.
   *
   * @param replayed whether an earlier call with the same key had started it
   */
  public record Result(RunRecord run, boolean replayed) {}

  /**
   * Starts, or finds the run of the same key.
   *
   * @throws ServerFailure INVALID_WORKFLOW, INVALID_INPUTS, IDEMPOTENCY_KEY_REUSED, RUN_EXISTS,
   *     IDEMPOTENCY_KEY_EXPIRED, LIMIT_EXCEEDED
   */
  public Result run(Command command) {
    return run(command, RPC);
  }

  /**
   * The same for another call that is kept as a run.
   *
   * @param rpc whose idempotency keys these are
   */
  Result run(Command command, String rpc) {
    ParsedWorkflow workflow = check.definition(command.fileName(), command.definition());
    ObjectNode inputs = check.inputs(workflow, command.inputs());
    Idempotency key = idempotency(command, workflow, rpc);
    RunKey run = new RunKey(command.namespace(), ids.next());
    RecoveryPolicy recovery = workflow.definition().recovery();
    try (OwnedRuns.Room room = owned.room()) {
      StartAnswer answer =
          store.start(
              new NewRun(
                  run,
                  workflow.definition().name(),
                  command.definition(),
                  command.fileName(),
                  Json.fingerprint(workflow.definition().canonical()),
                  inputs,
                  recovery.strategy().name().toLowerCase(Locale.ROOT),
                  recovery.maxRecoveries(),
                  command.requester(),
                  room.executor(),
                  key));
      if (answer instanceof StartAnswer.Started started) {
        room.launch(started.run(), workflow);
        return new Result(started.run(), false);
      }
      return known((StartAnswer.Known) answer, requireNonNull(key), command);
    }
  }

  private static @Nullable Idempotency idempotency(
      Command command, ParsedWorkflow workflow, String rpc) {
    if (command.idempotencyKey() == null) {
      return null;
    }
    ObjectNode request = Json.object();
    request.set("definition", workflow.definition().canonical());
    request.set("inputs", command.inputs());
    return new Idempotency(
        rpc, command.idempotencyKey(), Json.fingerprint(request), request, Idempotency.RETENTION);
  }

  private Result known(StartAnswer.Known known, Idempotency key, Command command) {
    refuseOther(known, key);
    RunKey first = new RunKey(command.namespace(), known.runId());
    RunRecord run = store.find(first).orElseThrow(() -> WatchRun.notFound(first));
    return switch (command.onExisting()) {
      case ATTACH -> new Result(run, true);
      case RETRY_IF_FAILED ->
          run.status().isRetryable() ? retried(run, command) : new Result(run, true);
      case FAIL ->
          throw ServerFailure.of(
              Code.ALREADY_EXISTS,
              "RUN_EXISTS",
              "run " + known.runId() + " was started with the idempotency key " + key.key());
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

  /** Refuses a key that stands for something else, or whose answer is no longer kept. */
  static void refuseOther(StartAnswer.Known known, Idempotency key) {
    if (known.isExpired()) {
      throw ServerFailure.of(
          Code.FAILED_PRECONDITION,
          "IDEMPOTENCY_KEY_EXPIRED",
          "the idempotency key "
              + key.key()
              + " was used for run "
              + known.runId()
              + " longer ago than keys are kept; use a new key for new work");
    }
    if (!known.fingerprint().equals(key.fingerprint())) {
      List<String> fields = Differing.fields(known.request(), key.request());
      throw new ServerFailure(
          Code.ALREADY_EXISTS,
          "IDEMPOTENCY_KEY_REUSED",
          "the idempotency key "
              + key.key()
              + " was used for run "
              + known.runId()
              + " with another request ("
              + String.join(", ", fields)
              + " differ); use a new key, or send the same request",
          fields.stream()
              .map(f -> new ServerFailure.Violation(f, "differs from the first request's", ""))
              .toList());
    }
  }

  /** The paths in which two requests differ. */
  static final class Differing {
    private Differing() {}

    static List<String> fields(@Nullable JsonNode first, JsonNode second) {
      List<String> out = new java.util.ArrayList<>();
      collect("", first == null ? Json.object() : first, second, out);
      return out.isEmpty() ? List.of("request") : out;
    }

    private static void collect(String at, JsonNode first, JsonNode second, List<String> out) {
      if (first.isObject() && second.isObject()) {
        java.util.TreeSet<String> names = new java.util.TreeSet<>();
        first.fieldNames().forEachRemaining(names::add);
        second.fieldNames().forEachRemaining(names::add);
        names.forEach(
            n -> collect(at.isEmpty() ? n : at + "." + n, first.path(n), second.path(n), out));
      } else if (!first.equals(second)) {
        out.add(at);
      }
    }
  }
}
