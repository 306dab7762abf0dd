package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pawl.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.NullUnmarked;
import org.jspecify.annotations.Nullable;

/**
 * An API that makes a new thing with every POST, and misbehaves on order. {@code /things} chooses
 * the ids, in {@code /named} the client does.
 */
@NullUnmarked // a null where none belongs fails the test
final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final InstantSource clock;
  private final List<String> log = new ArrayList<>();
  private final List<Map<String, String>> queries = new ArrayList<>();
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, ObjectNode> things = new LinkedHashMap<>();
  private final Map<String, Answer> replays = new HashMap<>();
  private final Map<String, Deque<Fault>> faults = new HashMap<>();
  private String status = "active";
  private int made;

  FakeApi(InstantSource clock) {
    this.clock = clock;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  record Answer(int status, @Nullable String type, String body, @Nullable String location) {
    Answer(int status, @Nullable String type, String body) {
      this(status, type, body, null);
    }
  }

  /** What goes wrong with one request; {@code handling} does what it asks for. */
  interface Fault {
    @Nullable Answer answer(Handling handling);
  }

  interface Handling {
    Answer run();
  }

  static Fault says(int status, String type, String body) {
    return handling -> new Answer(status, type, body);
  }

  static Fault says(int status, String message) {
    return says(status, "application/json", "{\"message\":\"" + message + "\"}");
  }

  /** Does it, and drops the connection. */
  static Fault dropsAfter() {
    return handling -> {
      handling.run();
      return null;
    };
  }

  /** Drops the connection, and does nothing. */
  static Fault dropsBefore() {
    return handling -> null;
  }

  synchronized FakeApi next(String methodAndPath, int times, Fault fault) {
    for (int i = 0; i < times; i++) {
      faults.computeIfAbsent(methodAndPath, unused -> new ArrayDeque<>()).add(fault);
    }
    return this;
  }

  FakeApi next(String methodAndPath, Fault fault) {
    return next(methodAndPath, 1, fault);
  }

  synchronized void heal() {
    faults.clear();
  }

  /** The status of things made from now on. */
  synchronized void newOnesAre(String value) {
    status = value;
  }

  synchronized void forEach(java.util.function.Consumer<ObjectNode> change) {
    things.values().forEach(change);
  }

  synchronized void setAll(String field, String value) {
    things.values().forEach(t -> t.put(field, value));
  }

  synchronized String thingMadeByHand(String id, ObjectNode thing) {
    ObjectNode all = thing.deepCopy();
    all.put("id", id).put("status", "active").put("created_at", clock.instant().toString());
    things.put(id, all);
    return id;
  }

  synchronized void remove(String id) {
    if (things.remove(id) == null) {
      throw new AssertionError("there is no " + id + ", only " + things.keySet());
    }
  }

  synchronized Map<String, ObjectNode> things() {
    return new LinkedHashMap<>(things);
  }

  /** How often a method and path was asked, faulted requests included. */
  synchronized long count(String methodAndPath) {
    return log.stream().filter(methodAndPath::equals).count();
  }

  synchronized List<String> log() {
    return List.copyOf(log);
  }

  synchronized List<Map<String, String>> queries() {
    return List.copyOf(queries);
  }

  /** The idempotency keys that came, in order. */
  synchronized List<String> tokens() {
    return List.copyOf(tokens);
  }

  synchronized void forgetLog() {
    log.clear();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String asked = exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
    byte[] body = exchange.getRequestBody().readAllBytes();
    String token = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    Answer answer;
    synchronized (this) {
      log.add(asked);
      if (token != null) {
        tokens.add(token);
      }
      Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
      queries.add(query);
      Deque<Fault> queue = faults.get(asked);
      Handling handling = () -> act(asked, body, token, query);
      answer = queue == null || queue.isEmpty() ? handling.run() : queue.remove().answer(handling);
    }
    if (answer == null) {
      exchange.close();
      return;
    }
    byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
    if (answer.type() != null) {
      exchange.getResponseHeaders().set("Content-Type", answer.type());
    }
    boolean redirects = answer.status() >= 300 && answer.status() < 400;
    String location = answer.location() == null && redirects ? "/elsewhere" : answer.location();
    if (location != null) {
      exchange.getResponseHeaders().set("Location", url() + location);
    }
    exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static Map<String, String> query(@Nullable String raw) {
    Map<String, String> out = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      out.put(pair.replaceAll("=.*", ""), pair.replaceAll("^[^=]*=", ""));
    }
    return out;
  }

  private Answer act(
      String asked, byte[] bytes, @Nullable String token, Map<String, String> query) {
    String[] parts = asked.split("[ /]+");
    String method = parts[0];
    String id = parts.length > 2 ? parts[2] : "";
    JsonNode body = bytes.length == 0 ? Json.object() : Json.parse(new String(bytes, UTF));
    if (parts.length > 3) {
      return json(200, Json.object().set("action", body));
    }
    if (method.equals("POST") && id.isEmpty()) {
      return token == null
          ? make(parts[1], (ObjectNode) body)
          : replays.computeIfAbsent(token, unused -> make(parts[1], (ObjectNode) body));
    }
    if (id.isEmpty()) {
      return page(query);
    }
    ObjectNode thing = things.get(id);
    if (thing == null) {
      return json(404, Json.object().put("message", "no such thing"));
    }
    if (method.equals("DELETE")) {
      things.remove(id);
      return new Answer(204, null, "");
    }
    if (method.equals("PATCH")) {
      thing.setAll((ObjectNode) body);
    }
    if (method.equals("PUT")) {
      thing.retain("id", "status", "created_at");
      thing.setAll((ObjectNode) body);
    }
    return json(200, Json.object().set("thing", thing));
  }

  private static final java.nio.charset.Charset UTF = StandardCharsets.UTF_8;

  private Answer make(String collection, ObjectNode body) {
    boolean named = collection.equals("named");
    String id = named ? body.path("name").asText() : "t-" + ++made;
    if (things.containsKey(id)) {
      return json(409, Json.object().put("message", "the name is taken"));
    }
    ObjectNode thing = body.deepCopy();
    thing.remove("password");
    thing.put("id", id).put("status", status).put("created_at", clock.instant().toString());
    things.put(id, thing);
    return json(201, Json.object().set("thing", thing));
  }

  private Answer page(Map<String, String> query) {
    List<ObjectNode> all = new ArrayList<>(things.values());
    int size = Integer.parseInt(query.getOrDefault("per_page", "1000"));
    int from =
        query.containsKey("offset")
            ? Integer.parseInt(query.get("offset"))
            : (Integer.parseInt(query.getOrDefault("page", "1")) - 1) * size;
    if (query.containsKey("after")) {
      from = new ArrayList<>(things.keySet()).indexOf(query.get("after")) + 1;
    }
    int to = Math.min(all.size(), from + size);
    ObjectNode out = Json.object();
    var items = out.putArray("things");
    all.subList(Math.min(from, to), to).forEach(items::add);
    boolean more = to < all.size();
    out.put("more", more);
    if (more) {
      out.put("last", all.get(to - 1).path("id").asText());
      out.put("next", "/things?after=" + all.get(to - 1).path("id").asText() + "&per_page=" + size);
    }
    return json(200, out);
  }

  private static Answer json(int status, JsonNode body) {
    return new Answer(status, "application/json; charset=utf-8", Json.write(body));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
