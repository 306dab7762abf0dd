package dev.pawl.server.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Its effects are lines of a file outside all servers, so that each can be counted afterwards. */
public final class LedgerModel implements Model {
  static final String FILE = "pawl.test.ledger";

  @Override
  public ModelDescriptor descriptor() {
    return new ModelDescriptor(
        "test/ledger",
        "Writes down what is done.",
        List.of(
            method("act", MethodKind.ACTION, Set.of()),
            method("wait", MethodKind.ACTION, Set.of()),
            method("checkpointed", MethodKind.ACTION, Set.of()),
            method("write", MethodKind.ACTION, Set.of()),
            method("read", MethodKind.ACTION, Set.of()),
            method("create", MethodKind.CREATE, Set.of(Trait.IDEMPOTENT))));
  }

  private static MethodDescriptor method(String name, MethodKind kind, Set<Trait> traits) {
    ObjectNode any = Json.object().put("type", "object").put("additionalProperties", true);
    String spec = kind == MethodKind.ACTION ? name : "state";
    return new MethodDescriptor(name, kind, "", any, Json.object(), spec, traits);
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    return MethodResult.of(
        switch (method) {
          case "wait" -> {
            awaitGate(context);
            yield act(context);
          }
          case "checkpointed" -> checkpointed(context);
          case "write" -> written(context);
          case "read" -> read(context);
          default -> act(context);
        },
        Outcome.EXECUTED);
  }

  /** Three works, each with an effect of its own; one whose end is unknown is done again. */
  private static JsonNode checkpointed(MethodContext context)
      throws MethodException, InterruptedException {
    ObjectNode out = Json.object();
    for (String name : List.of("a", "b", "c")) {
      JsonNode result =
          context.checkpoint(
              Checkpoint.rerun(name),
              () -> {
                write(context.caller().step() + "/" + name);
                return Json.object().put("made", name);
              });
      out.set(name, result);
    }
    return out;
  }

  /** Appends to a file: done twice on the same folder it would show. */
  private static JsonNode written(MethodContext context)
      throws MethodException, InterruptedException {
    Path file = context.workspace().resolve("log");
    append(file, context.caller().step());
    write(context.caller().step());
    return Json.object();
  }

  private static JsonNode read(MethodContext context) throws MethodException, InterruptedException {
    try {
      write(context.caller().step());
      return Json.object()
          .put("log", Files.readString(context.workspace().resolve("log")).replace('\n', ' '));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Until the test makes the file. */
  private static void awaitGate(MethodContext context) throws InterruptedException {
    Path gate = Path.of(System.getProperty(FILE) + ".gate");
    while (!Files.exists(gate)) {
      context.pacer().pause(Duration.ofMillis(50));
    }
  }

  private static JsonNode act(MethodContext context) {
    write(context.caller().step());
    return Json.object().put("by", context.caller().step());
  }

  /** One line; lines of several processes do not mix. */
  static void write(String line) {
    append(Path.of(System.getProperty(FILE)), line);
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
