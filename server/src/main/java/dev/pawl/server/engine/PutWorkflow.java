package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.KnownKey;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.WorkflowStore.NewVersion;
import dev.pawl.server.store.WorkflowStore.PutAnswer;
import dev.pawl.server.workflow.WorkflowDefinition;
import jakarta.inject.Inject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stores a definition under its name; one that equals the latest version stores nothing. */
public final class PutWorkflow {
  private static final String RPC = "PutWorkflow";

  private final CheckWorkflow check;
  private final WorkflowStore store;
  private final FindWorkflow find;
  private final IdempotencyKeys keys;

  @Inject
  public PutWorkflow(
      CheckWorkflow check, WorkflowStore store, FindWorkflow find, IdempotencyKeys keys) {
    this.check = check;
    this.store = store;
    this.find = find;
    this.keys = keys;
  }

  /**
   * A definition to store.
   *
   * @param expectedVersion the latest version the caller has seen, 0 for none; null: whichever
   * @param idempotencyKey null for none
   */
  public record Command(
      String namespace,
      String definition,
      String fileName,
      @Nullable Long expectedVersion,
      @Nullable String idempotencyKey) {
    public Command {
      requireNonNull(namespace, "namespace");
      requireNonNull(definition, "definition");
      requireNonNull(fileName, "fileName");
    }
  }

  /**
   * The version that holds the definition.
   *
   * @param replayed whether an earlier call with the same key had stored it
   */
  public record Result(StoredWorkflow workflow, boolean replayed) {}

  /**
   * Stores it.
   *
   * @throws ServerFailure INVALID_WORKFLOW, LIMIT_EXCEEDED, VERSION_CHANGED,
   *     IDEMPOTENCY_KEY_REUSED, IDEMPOTENCY_KEY_EXPIRED
   */
  public Result run(Command command) {
    WorkflowDefinition definition;
    try {
      definition = checked(command);
    } catch (ServerFailure e) {
      return acceptedBefore(command, e);
    }
    Idempotency key = key(command, definition);
    PutAnswer answer =
        store.put(
            new NewVersion(
                command.namespace(),
                definition.name(),
                command.definition(),
                command.fileName(),
                Json.fingerprint(definition.canonical()),
                Json.write(InputsSchema.of(definition)),
                command.expectedVersion(),
                key));
    return switch (answer) {
      case PutAnswer.Stored stored -> new Result(stored.workflow(), false);
      case PutAnswer.Known known -> replayed(command, known.first(), requireNonNull(key));
      case PutAnswer.Changed changed -> throw changed(command, definition.name(), changed.latest());
    };
  }

  private WorkflowDefinition checked(Command command) {
    ParsedWorkflow workflow = check.definition(command.fileName(), command.definition());
    CheckWorkflow.refuseSecrets(workflow);
    return workflow.definition();
  }

  private @Nullable Idempotency key(Command command, WorkflowDefinition definition) {
    return keys.of(
        RPC,
        command.idempotencyKey(),
        () -> {
          ObjectNode request = Json.object();
          request.set("definition", definition.canonical());
          if (command.expectedVersion() != null) {
            request.put("expected_version", command.expectedVersion());
          }
          return request;
        });
  }

  /** What was accepted once is answered, although it could not be accepted now. */
  private Result acceptedBefore(Command command, ServerFailure now) {
    if (command.idempotencyKey() == null) {
      throw now;
    }
    WorkflowDefinition readable =
        ReadableDefinition.of(command.fileName(), command.definition()).orElseThrow(() -> now);
    Idempotency key = requireNonNull(key(command, readable));
    KnownKey first = keys.findSame(command.namespace(), key).orElseThrow(() -> now);
    return replayed(command, first, key);
  }

  private Result replayed(Command command, KnownKey first, Idempotency key) {
    IdempotencyKeys.refuseOther(first, key);
    var answer = requireNonNull(first.answer(), "a key that is not expired has its answer");
    return new Result(
        find.find(
            command.namespace(), answer.path("name").asText(), answer.path("version").asLong()),
        true);
  }

  private static ServerFailure changed(Command command, String name, long latest) {
    String wanted =
        command.expectedVersion() != null && command.expectedVersion() == 0
            ? "it was expected to be new"
            : "version " + command.expectedVersion() + " was expected";
    return ServerFailure.of(
            Code.ABORTED,
            "VERSION_CHANGED",
            "workflow "
                + name
                + (latest == 0 ? " does not exist" : " is at version " + latest)
                + ", and "
                + wanted
                + "; read it again, and put with the version you have seen")
        .with(Map.of("version", Long.toString(latest)));
  }
}
