package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Described;
import dev.pawl.core.Refused;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;

/**
 * {@code http/request}: {@code read} and {@code await} have no effect and may be repeated; {@code
 * send} has one, and runs under the create protocol.
 */
public final class HttpRequestModel implements Model {
  private static final ModelDescriptor DESCRIPTOR = Described.by("http-request.json");

  /** Made at the first request: a server that sends none starts without. */
  private static final class Shared {
    static final Transport TRANSPORT = new Transport();
  }

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    return switch (method) {
      case "read" ->
          new ReadRequest(
                  ParseCall.run(arguments, context.timing().readTimeout()), Shared.TRANSPORT)
              .run();
      case "await" -> new AwaitAnswer(arguments, Shared.TRANSPORT, context).run();
      case "send" ->
          new SendRequest(
                  ParseCall.run(arguments, context.timing().createDeadline()),
                  Shared.TRANSPORT,
                  context)
              .run();
      default -> throw Refused.method(DESCRIPTOR.type(), method);
    };
  }
}
