package dev.pawl.server.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodDescriptor.Trait;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.rest.ApiDescriptor;
import dev.pawl.model.rest.IdentityPart;
import dev.pawl.model.rest.Listing;
import dev.pawl.model.rest.Operation;
import dev.pawl.model.rest.Operation.Body;
import dev.pawl.model.rest.Operation.Parameter;
import dev.pawl.model.rest.Reconcile;
import dev.pawl.model.rest.RestMethod;
import dev.pawl.model.rest.RestModel;
import dev.pawl.model.rest.RestResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API on loopback that makes a new thing with every POST, whatever the collection. It may lose
 * its answers, or be away.
 */
final class ThingsApi implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, ObjectNode> things = new ConcurrentSkipListMap<>();
  private final AtomicInteger posts = new AtomicInteger();
  private final AtomicInteger reads = new AtomicInteger();
  private volatile boolean losing;
  private volatile boolean blind;

  ThingsApi() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  int posts() {
    return posts.get();
  }

  int reads() {
    return reads.get();
  }

  /** Does what it is sent, and drops the connection. */
  void losesAnswers(boolean loses) {
    losing = loses;
  }

  /** Answers every read with 500. */
  void isBlind(boolean is) {
    blind = is;
  }

  /** Made behind Pawl's back. */
  void put(String id, String name, String... tags) {
    ObjectNode thing = Json.object().put("id", id).put("name", name);
    var array = thing.putArray("tags");
    List.of(tags).forEach(array::add);
    things.put(id, thing);
  }

  void set(String id, String field, String value) {
    things.computeIfPresent(id, (key, thing) -> thing.put(field, value));
  }

  void remove(String id) {
    things.remove(id);
  }

  Set<String> ids() {
    return Set.copyOf(things.keySet());
  }

  private void handle(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String[] path = exchange.getRequestURI().getPath().split("/");
    if (exchange.getRequestMethod().equals("POST")) {
      ObjectNode thing = (ObjectNode) Json.parse(new String(body, StandardCharsets.UTF_8));
      String id = "t-" + posts.incrementAndGet();
      things.put(id, thing.put("id", id));
      if (losing) {
        exchange.close();
        return;
      }
      answer(exchange, 201, thing);
      return;
    }
    reads.incrementAndGet();
    if (blind) {
      answer(exchange, 500, Json.object().put("message", "blind"));
    } else if (path.length == 2) {
      ObjectNode all = Json.object();
      var items = all.putArray("things");
      things.values().forEach(items::add);
      answer(exchange, 200, all);
    } else {
      ObjectNode thing = things.get(path[2]);
      answer(
          exchange,
          thing == null ? 404 : 200,
          thing == null ? Json.object().put("message", "no such thing") : thing);
    }
  }

  private static void answer(HttpExchange exchange, int status, ObjectNode body)
      throws IOException {
    byte[] bytes = Json.write(body).getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  /** Things of a type whose doubts are resolved so; {@code things/KIND} where they lie. */
  static RestModel model(String type, Reconcile strategy) {
    String items = "/" + type.substring(type.indexOf('/') + 1);
    Operation create = new Operation("POST", items, List.of(), Body.JSON, Map.of(), "");
    Operation get =
        new Operation(
            "GET", items + "/{id}", List.of(Parameter.path("id")), Body.NONE, Map.of(), "");
    boolean chosen = strategy instanceof Reconcile.ClientId;
    RestResource resource =
        new RestResource(
            type,
            new ApiDescriptor("shop", "", ApiDescriptor.Auth.NONE),
            create,
            get,
            new Listing(
                new Operation("GET", items, List.of(), Body.NONE, Map.of(), ""),
                "/things",
                "/id",
                new Listing.Paging.None()),
            null,
            null,
            List.of(
                chosen ? IdentityPart.request("id", "/id") : IdentityPart.response("id", "/id")),
            strategy,
            null,
            null,
            Set.of());
    MethodDescriptor method =
        new MethodDescriptor(
            "create",
            MethodKind.CREATE,
            "",
            Json.object().put("type", "object"),
            Json.object(),
            ResourceKey.STATE,
            Set.of(Trait.CLAIMS_ITSELF));
    return new RestModel(resource, "", List.of(new RestMethod(method, create))) {};
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
