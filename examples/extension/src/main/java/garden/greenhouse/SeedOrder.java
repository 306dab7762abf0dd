package garden.greenhouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodKind;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Model;
import dev.pawl.model.ModelDescriptor;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders seeds; written by hand, since the greenhouse's document doesn't speak of orders. The
 * greenhouse takes an order's reference from us and refuses a second order with it, so an order can
 * be placed as often as you like and exists once.
 */
public final class SeedOrder implements Model {
  private static final ModelDescriptor DESCRIPTOR =
      new ModelDescriptor(
          "greenhouse/seed_order",
          "Orders seeds.",
          List.of(
              method(
                  "place",
                  MethodKind.ACTION,
                  "Orders seeds, once for this instance.",
                  """
                  {"type": "object", "required": ["seeds"], "additionalProperties": false,
                   "properties": {"seeds": {"type": "string"}}}"""),
              method(
                  "await_delivery",
                  MethodKind.READ,
                  "Waits until the seeds have come.",
                  """
                  {"type": "object", "additionalProperties": false}""")));

  @Override
  public ModelDescriptor descriptor() {
    return DESCRIPTOR;
  }

  @Override
  public MethodResult invoke(String method, ObjectNode arguments, MethodContext context)
      throws MethodException, InterruptedException {
    Orders orders = new Orders(context);
    return switch (method) {
      case "place" -> place(orders, arguments.path("seeds").asText(), context);
      case "await_delivery" -> awaitDelivery(orders, context);
      default -> throw new IllegalArgumentException("no method " + method);
    };
  }

  private static MethodResult place(Orders orders, String seeds, MethodContext context)
      throws MethodException, InterruptedException {
    String reference = reference(context);
    Optional<JsonNode> earlier = orders.find(reference);
    if (earlier.isPresent()) {
      return MethodResult.of(demand(seeds, earlier.get()), Outcome.VERIFIED);
    }
    return MethodResult.of(orders.send(reference, seeds), Outcome.CREATED);
  }

  /** The same in every attempt and every run, and nobody else's. */
  private static String reference(MethodContext context) {
    ObjectNode identity =
        Json.object()
            .put("installation", context.dataRepository().installationId())
            .put("namespace", context.caller().namespace())
            .put("instance", context.instance());
    return "seeds-" + Json.fingerprint(identity).substring(0, 20);
  }

  private static MethodResult awaitDelivery(Orders orders, MethodContext context)
      throws MethodException, InterruptedException {
    while (true) {
      JsonNode order =
          orders.find(reference(context)).orElseThrow(() -> neverPlaced(context.instance()));
      if (order.path("state").asText().equals("delivered")) {
        return MethodResult.of(order, Outcome.EXECUTED);
      }
      context.rest(Duration.ofMinutes(10), "the seeds are on their way");
    }
  }

  /** What is there must be what is wanted: an order for other seeds is no success. */
  private static JsonNode demand(String seeds, JsonNode order) throws MethodException {
    String ordered = order.path("seeds").asText();
    if (!ordered.equals(seeds)) {
      throw MethodException.notMade(
          Failure.of(
              Reason.ARGUMENTS_CHANGED,
              "this order was placed for '"
                  + ordered
                  + "' and can't be changed; choose another instance for '"
                  + seeds
                  + "'"));
    }
    return order;
  }

  private static MethodException neverPlaced(String instance) {
    return MethodException.notMade(
        Failure.of(
            Reason.NOT_FOUND, "there is no order for '" + instance + "'; call 'place' before"));
  }

  private static MethodDescriptor method(
      String name, MethodKind kind, String description, String arguments) {
    return new MethodDescriptor(
        name,
        kind,
        description,
        (ObjectNode) Json.parse(arguments),
        Json.object().put("type", "object"),
        name,
        Set.of());
  }
}
