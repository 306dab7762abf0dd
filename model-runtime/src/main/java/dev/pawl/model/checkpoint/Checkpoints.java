package dev.pawl.model.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.Utf8;
import dev.pawl.model.checkpoint.CheckpointLog.Entry;
import dev.pawl.model.checkpoint.CheckpointLog.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one call of a method. That work has begun is written down before it, and its
 * result after it; whatever lies between the two is unknown.
 */
public final class Checkpoints {
  private final CheckpointLog log;

  /** Input hashes by name, of those that this call has come to. */
  private final Map<String, String> met = new HashMap<>();

  private final Set<String> underWay = new HashSet<>();

  public Checkpoints(CheckpointLog log) {
    this.log = log;
  }

  /**
   * As {@link MethodContext#checkpoint} outside a run: nothing is kept.
   *
   * @throws MethodException from the body, or LIMIT_EXCEEDED
   */
  public static JsonNode runUnkept(Checkpoint which, MethodContext.Work body)
      throws MethodException, InterruptedException {
    return readBack(which, body.run());
  }

  /**
   * Does the work unless its result is kept.
   *
   * @throws MethodException as {@link MethodContext#checkpoint}
   */
  public JsonNode run(Checkpoint which, MethodContext.Work body)
      throws MethodException, InterruptedException {
    String hash = Json.fingerprint(which.input());
    enter(which.name(), hash);
    try {
      Optional<JsonNode> kept = kept(which, hash);
      return kept.isPresent() ? kept.get() : begin(which, hash, body);
    } finally {
      leave(which.name());
    }
  }

  private synchronized void enter(String name, String hash) throws MethodException {
    String before = met.putIfAbsent(name, hash);
    if (before != null && !before.equals(hash)) {
      throw refused(name, "was already used in this call with another input");
    }
    if (!underWay.add(name)) {
      throw refused(name, "is being worked on by this same call");
    }
  }

  private synchronized void leave(String name) {
    underWay.remove(name);
  }

  private static MethodException refused(String name, String why) {
    return MethodException.notMade(
        Failure.of(
            Reason.INVALID_ARGUMENTS,
            "checkpoint '" + name + "' " + why + "; give each piece of work a name of its own"));
  }

  private Optional<JsonNode> kept(Checkpoint which, String hash)
      throws MethodException, InterruptedException {
    Optional<Entry> latest = log.latest(which.name());
    if (latest.isEmpty() || latest.get().state() == State.NOT_MADE) {
      return Optional.empty();
    }
    Entry entry = latest.get();
    if (entry.state() == State.DONE) {
      return Optional.ofNullable(entry.inputHash().equals(hash) ? entry.result() : null);
    }
    // What was begun does not become undone by asking for it with another input.
    return afterUnknown(which, hash);
  }

  private Optional<JsonNode> afterUnknown(Checkpoint which, String hash)
      throws MethodException, InterruptedException {
    Checkpoint.OnUnknown policy = which.onUnknown();
    if (policy instanceof Checkpoint.Rerun) {
      return Optional.empty();
    }
    if (policy instanceof Checkpoint.Reconcile reconcile) {
      return reconciled(which, hash, reconcile.look().run());
    }
    throw inDoubt(which, "and nothing says how to find out");
  }

  private Optional<JsonNode> reconciled(Checkpoint which, String hash, Checkpoint.Finding finding)
      throws MethodException {
    if (finding instanceof Checkpoint.Done done) {
      JsonNode result = readBack(which, done.result());
      log.write(which.name(), Entry.done(hash, result));
      return Optional.of(result);
    }
    if (finding instanceof Checkpoint.Unknown unknown) {
      throw inDoubt(which, "and looking for it did not tell: " + unknown.why());
    }
    return Optional.empty();
  }

  private static MethodException inDoubt(Checkpoint which, String why) {
    return MethodException.unknown(
        Failure.of(
            Reason.IN_DOUBT,
            "checkpoint '"
                + which.name()
                + "' was begun earlier and its outcome is not known, "
                + why
                + "; find out what became of it, then name the step in a retry to have it done"
                + " from nothing, or give the step's outputs by hand"));
  }

  private JsonNode begin(Checkpoint which, String hash, MethodContext.Work body)
      throws MethodException, InterruptedException {
    log.write(which.name(), Entry.started(hash));
    JsonNode result;
    try {
      result = readBack(which, body.run());
    } catch (MethodException e) {
      if (e.effect() == MethodException.Effect.NOT_MADE) {
        takeBack(which.name(), hash, e);
      }
      throw e;
    }
    log.write(which.name(), Entry.done(hash, result));
    return result;
  }

  /** The body's own failure is what the caller hears; what can't be taken back stays unknown. */
  private void takeBack(String name, String hash, MethodException failure) {
    boolean interrupted = Thread.interrupted();
    try {
      log.write(name, Entry.notMade(hash));
    } catch (MethodException | RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  /** So that the first call and a later one see the same. */
  private static JsonNode readBack(Checkpoint which, @Nullable JsonNode result)
      throws MethodException {
    if (result == null || result.isMissingNode()) {
      return NullNode.getInstance();
    }
    String json = Json.write(result);
    long size = Utf8.length(json);
    if (size > Checkpoint.MAX_RESULT) {
      throw MethodException.unknown(
          Failure.of(
              Reason.LIMIT_EXCEEDED,
              "the result of checkpoint '"
                  + which.name()
                  + "' has "
                  + size
                  + " bytes, and the limit is "
                  + Checkpoint.MAX_RESULT
                  + " (1 MiB); keep it in the workspace and return its path"));
    }
    return Json.parse(json);
  }
}
