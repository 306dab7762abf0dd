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
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.Workspace;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.http.Connection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that those may reach who only look: they write nothing and send nothing but GET. */
record LookingContext(
    Model model,
    ResourceKey key,
    DataRepository stored,
    Connections connections,
    CreateOptions options,
    Timing timing,
    Pacer pacer)
    implements MethodContext {

  @Override
  public Caller caller() {
    return new Caller(key.namespace(), "", "", 0, "a look");
  }

  @Override
  public String modelType() {
    return key.modelType();
  }

  @Override
  public String instance() {
    return key.instance();
  }

  @Override
  public DataRepository dataRepository() {
    return new ReadOnlyData(stored);
  }

  @Override
  public MethodResult createOrGet(String outputSpec, Create create) {
    throw new IllegalStateException("a look makes nothing");
  }

  @Override
  public JsonNode checkpoint(Checkpoint which, Work body) {
    throw new IllegalStateException("a look keeps nothing");
  }

  @Override
  public Workspace workspace() {
    throw new IllegalStateException("a look has no files");
  }

  @Override
  public Connection http() throws MethodException {
    return new ReadOnlyConnection(connections.of(model));
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger("pawl.model." + model.descriptor().type());
  }

  @Override
  public void waitingFor(String what) {
    log().debug("a look waits for {}", what);
  }
}
