package dev.pawl.server.models;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Caller;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Pacer;
import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.Workspace;
import dev.pawl.model.checkpoint.Checkpoints;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.RunOnce;
import dev.pawl.model.http.Connection;
import dev.pawl.model.workspace.ConfinedFolder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * What one call of a method may reach, in the server.
 *
 * @param claims how many bodies under a claim are being run
 */
record CallContext(
    Model model,
    Caller caller,
    String instance,
    DataRepository dataRepository,
    Connections connections,
    CreateOptions options,
    Timing timing,
    Pacer pacer,
    Consumer<String> waiting,
    Settings settings,
    @Nullable StepKeeping keeping,
    @Nullable Checkpoints checkpoints,
    AtomicInteger claims)
    implements MethodContext {

  @Override
  public String modelType() {
    return model.descriptor().type();
  }

  @Override
  public MethodResult createOrGet(String outputSpec, Create create)
      throws MethodException, InterruptedException {
    claims.incrementAndGet();
    try {
      return RunOnce.run(key(outputSpec), this, create);
    } finally {
      claims.decrementAndGet();
    }
  }

  @Override
  public JsonNode checkpoint(Checkpoint which, Work body)
      throws MethodException, InterruptedException {
    return checkpoints == null ? Checkpoints.runUnkept(which, body) : checkpoints.run(which, body);
  }

  @Override
  public Workspace workspace() throws MethodException, InterruptedException {
    if (keeping == null) {
      throw ConfinedFolder.outsideRun();
    }
    return keeping.workspace();
  }

  @Override
  public Connection http() throws MethodException {
    return new LoggedConnection(connections.of(model), log());
  }

  @Override
  public Logger log() {
    return new RunLogger(modelType(), connections::hide, keeping);
  }

  @Override
  public void waitingFor(String what) {
    waiting.accept(what);
  }

  @Override
  public void rest(Duration pause, String waitingFor) throws MethodException, InterruptedException {
    if (!pause.isPositive()) {
      throw new IllegalArgumentException("a rest of " + pause + " is none");
    }
    if (keeping == null || claims.get() > 0) {
      MethodContext.super.rest(pause, waitingFor);
    } else {
      throw new Resting(pause, waitingFor);
    }
  }
}
