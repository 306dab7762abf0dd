package dev.pawl.server.models;

import dev.pawl.model.Caller;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.RunOnce;
import dev.pawl.model.http.Connection;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call of a method may reach, in the server. */
record CallContext(
    Model model,
    Caller caller,
    String instance,
    DataRepository dataRepository,
    Connections connections,
    CreateOptions options,
    Timing timing,
    Pacer pacer,
    Consumer<String> waiting)
    implements MethodContext {

  @Override
  public String modelType() {
    return model.descriptor().type();
  }

  @Override
  public MethodResult createOrGet(String outputSpec, Create create)
      throws MethodException, InterruptedException {
    return RunOnce.run(key(outputSpec), this, create);
  }

  @Override
  public Connection http() throws MethodException {
    return connections.of(model);
  }

  @Override
  public Logger log() {
    return LoggerFactory.getLogger("pawl.model." + model.descriptor().type());
  }

  @Override
  public void waitingFor(String what) {
    waiting.accept(what);
  }
}
