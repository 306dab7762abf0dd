package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.http.Connection;
import java.util.Set;

/** Fills what an API's paths begin with from the connection, where the arguments don't say it. */
final class ConnectionParams {
  private static final Set<Operation.In> PATH =
      Set.of(Operation.In.PATH, Operation.In.PATH_WITH_SLASHES);

  private final RestResource resource;
  private final Operation operation;
  private final MethodContext context;

  ConnectionParams(RestResource resource, Operation operation, MethodContext context) {
    this.resource = resource;
    this.operation = operation;
    this.context = context;
  }

  /**
   * The arguments, completed; the very same where the API has no such parameters.
   *
   * @throws MethodException NO_CONNECTION where neither says a value that the path needs, and the
   *     stored identity, which methods on what exists go by, can't either
   */
  ObjectNode in(ObjectNode arguments) throws MethodException {
    for (Operation.Parameter parameter : operation.parameters()) {
      String name = parameter.argument();
      boolean open = PATH.contains(parameter.in()) && !arguments.hasNonNull(name);
      if (open && resource.api().connectionParams().contains(name)) {
        Connection connection = context.http();
        String value = connection.params().get(name);
        if (value != null) {
          arguments.put(name, value);
        } else if (!isOnStored()) {
          throw missing(connection, name);
        }
      }
    }
    return arguments;
  }

  private boolean isOnStored() {
    Listing listing = resource.listing();
    boolean lists = listing != null && listing.operation().equals(operation);
    return !lists && !operation.equals(resource.create());
  }

  private MethodException missing(Connection connection, String name) {
    return MethodException.notMade(
        Failure.of(
            Reason.NO_CONNECTION,
            "connection "
                + connection.name()
                + " has no param "
                + name
                + ", which "
                + operation.describe()
                + " takes from it; write params: {"
                + name
                + ": …} for the connection in the server's configuration, give --connection "
                + connection.name()
                + "=URL,param."
                + name
                + "=…, or the argument "
                + name));
  }
}
