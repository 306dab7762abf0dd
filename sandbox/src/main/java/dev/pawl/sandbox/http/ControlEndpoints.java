package dev.pawl.sandbox.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.sandbox.answer.Answers;
import dev.pawl.sandbox.document.ApiDocument;
import dev.pawl.sandbox.document.JsonText;
import dev.pawl.sandbox.inference.ResourceKind.Trait;
import dev.pawl.sandbox.state.Resource;
import dev.pawl.sandbox.state.Store;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What lies under {@code /_sandbox}: looking behind the scenes, and breaking things on purpose. */
final class ControlEndpoints {
  static final String PREFIX = "/_sandbox";

  private static final String RESOURCES = PREFIX + "/resources";

  private final ApiDocument document;
  private final Store store;
  private final Answers answers;
  private final RequestLog log;
  private final Faults faults;

  ControlEndpoints(
      ApiDocument document, Store store, Answers answers, RequestLog log, Faults faults) {
    this.document = document;
    this.store = store;
    this.answers = answers;
    this.log = log;
    this.faults = faults;
  }

  static boolean own(String path) {
    return path.equals(PREFIX) || path.startsWith(PREFIX + "/");
  }

  void handle(Exchange exchange, byte[] body) throws IOException {
    String path = exchange.path();
    String call =
        exchange.method() + " " + (path.endsWith("/") ? path.replaceAll("/+$", "") : path);
    switch (call) {
      case "GET " + PREFIX -> json(exchange, 200, about());
      case "GET " + PREFIX + "/requests" -> requests(exchange);
      case "GET " + RESOURCES -> json(exchange, 200, resources());
      case "GET " + PREFIX + "/faults" -> json(exchange, 200, faults.toJson());
      case "POST " + PREFIX + "/faults" -> arm(exchange, body);
      case "DELETE " + PREFIX + "/faults" -> {
        faults.disarm();
        nothing(exchange);
      }
      default -> other(exchange, call);
    }
  }

  private void other(Exchange exchange, String call) throws IOException {
    if (call.startsWith("DELETE " + RESOURCES + "/")) {
      remove(exchange, exchange.path().substring(RESOURCES.length()));
      return;
    }
    message(
        exchange,
        404,
        "There is no "
            + call
            + "; the sandbox has GET /_sandbox, GET /_sandbox/requests, GET and DELETE"
            + " /_sandbox/resources, GET, POST and DELETE /_sandbox/faults.");
  }

  private ObjectNode about() {
    ObjectNode about = JsonText.object();
    about.put("uuid", store.uuid()).put("document", document.name());
    about.put("paths", document.root().path("paths").size());
    return about;
  }

  private void requests(Exchange exchange) throws IOException {
    exchange.send(
        200,
        "application/json",
        JsonText.print(log.toJson()),
        Map.of("Pawl-Dropped-Requests", String.valueOf(log.dropped())));
  }

  private ArrayNode resources() {
    return store.transaction(
        () -> {
          ArrayNode list = JsonNodeFactory.instance.arrayNode();
          for (Resource resource : store.all()) {
            if (resource.trait() != Trait.TRACE) {
              ObjectNode json = list.addObject();
              json.put("path", resource.path())
                  .put("key", resource.key())
                  .put("kind", resource.kind())
                  .put("createdAt", resource.createdAt().toString())
                  .set("body", answers.visible(resource));
            }
          }
          return list;
        });
  }

  private void remove(Exchange exchange, String itemPath) throws IOException {
    boolean removed =
        store.transaction(
            () -> {
              Optional<Resource> resource = answers.resourceAt(itemPath);
              resource.ifPresent(store::remove);
              return resource.isPresent();
            });
    if (removed) {
      nothing(exchange);
    } else {
      message(exchange, 404, "There is nothing at " + itemPath + "; see GET /_sandbox/resources.");
    }
  }

  private void arm(Exchange exchange, byte[] body) throws IOException {
    try {
      JsonNode json = JsonText.parse(body);
      Fault fault = Fault.parse(json);
      faults.arm(fault);
      json(exchange, 201, fault.toJson());
    } catch (Fault.Malformed e) {
      message(exchange, 400, String.valueOf(e.getMessage()));
    } catch (JsonProcessingException e) {
      message(exchange, 400, "The body must be one JSON object: " + e.getOriginalMessage());
    }
  }

  private static void message(Exchange exchange, int status, String message) throws IOException {
    json(exchange, status, JsonText.object().put("message", message));
  }

  private static void json(Exchange exchange, int status, JsonNode body) throws IOException {
    exchange.send(status, "application/json", JsonText.print(body), Map.of());
  }

  private static void nothing(Exchange exchange) throws IOException {
    exchange.send(204, "application/json", new byte[0], Map.of());
  }
}
