package dev.pawl.cli.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The API of {@code adversarial.yaml} on loopback. Every POST makes one more object, whatever it is
 * called; only {@code /cards} keeps its promise of a repeated {@code Idempotency-Key}. It keeps a
 * ledger of all that it ever made, and misbehaves as the rules say.
 */
public final class AdversarialApi implements AutoCloseable {
  private static final Pattern NAME = Pattern.compile("\"name\"\\s*:\\s*\"([^\"]*)\"");
  private static final String KEYED = "cards";
  private static final String HOOK = "hook";
  private static final int PAGE = 100;

  /** What the API does with a POST besides, or instead of, answering. */
  public enum Fault {
    /** Nothing: made, 201. */
    NONE,
    /** Made, and the connection is closed without an answer. */
    LOST,
    /** The connection is closed at once, and the object is made later. */
    LATE,
    /** Made, and answered by 500. */
    ERROR,
    /** Made, 201, and lists show it later only. */
    LAG,
    /** Made, and the answer breaks off. */
    TRUNCATED,
    /** Not made, 429. */
    BUSY,
    /** Not made, and the connection is closed. */
    DROPPED;

    /** Whether the object of such a POST comes to exist. */
    public boolean makes() {
      return this != BUSY && this != DROPPED;
    }
  }

  /**
   * A request.
   *
   * @param kind the path's first part: a collection, or {@code hook}
   * @param name what a POST's object is called, or the path's other parts
   */
  public record Request(String method, String kind, String name, @Nullable String key) {
    public boolean isPost() {
      return method.equals("POST");
    }
  }

  /**
   * An object.
   *
   * @param listed when lists show it
   */
  public record Made(String kind, String name, String id, String body, Instant listed) {}

  /**
   * What becomes of the requests that match; of several rules the first counts.
   *
   * @param before holds them before anything is done
   * @param after holds what is to be answered once it is done
   */
  public record Rule(
      Predicate<Request> match, Fault fault, @Nullable Gate before, @Nullable Gate after) {}

  private final HttpServer http;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Duration lateness;
  private final List<Made> ledger = new ArrayList<>();
  private final List<Request> requests = new ArrayList<>();
  private final Map<String, Made> byKey = new HashMap<>();
  private volatile List<Rule> rules = List.of();

  /**
   * Starts.
   *
   * @param lateness how much later a late object is made, and a lagging list shows it
   */
  public AdversarialApi(Duration lateness) throws IOException {
    this.lateness = lateness;
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100);
    http.setExecutor(threads);
    http.createContext("/", this::handle);
    http.start();
  }

  public String url() {
    return "http://127.0.0.1:" + http.getAddress().getPort();
  }

  /** Takes the place of the rules so far. */
  public void rules(Rule... now) {
    rules = List.of(now);
  }

  /** Everything ever made, in order. */
  public synchronized List<Made> ledger() {
    return List.copyOf(ledger);
  }

  /** What bears that name. */
  public List<Made> made(String name) {
    return ledger().stream().filter(m -> m.name().equals(name)).toList();
  }

  /** The names that several objects bear. */
  List<String> twice() {
    return ledger().stream()
        .collect(Collectors.groupingBy(Made::name, Collectors.counting()))
        .entrySet()
        .stream()
        .filter(each -> each.getValue() > 1)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many POSTs for that name have come. */
  public synchronized long posts(String name) {
    return requests.stream().filter(r -> r.isPost() && r.name().equals(name)).count();
  }

  /** Every request so far, in order. */
  public synchronized List<Request> requests() {
    return List.copyOf(requests);
  }

  @Override
  public void close() {
    http.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) {
    try (exchange) {
      String body =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8).strip();
      Request request = read(exchange, body);
      Rule rule =
          rules.stream()
              .filter(r -> r.match().test(request))
              .findFirst()
              .orElseGet(() -> new Rule(r -> true, Fault.NONE, null, null));
      if (rule.before() != null && !rule.before().pass()) {
        return;
      }
      if (request.isPost()) {
        create(exchange, request, body, rule);
      } else if (rule.after() == null || rule.after().pass()) {
        get(exchange, request);
      }
    } catch (IOException e) {
      // Its client has died, which is what the API is here for.
    }
  }

  private Request read(HttpExchange exchange, String body) {
    String[] parts = exchange.getRequestURI().getPath().substring(1).split("/", 2);
    Matcher name = NAME.matcher(body);
    Request request =
        new Request(
            exchange.getRequestMethod(),
            parts[0],
            name.find() ? name.group(1) : parts.length > 1 ? parts[1] : "",
            exchange.getRequestHeaders().getFirst("Idempotency-Key"));
    synchronized (this) {
      requests.add(request);
    }
    return request;
  }

  private void create(HttpExchange exchange, Request request, String body, Rule rule)
      throws IOException {
    switch (rule.fault()) {
      case DROPPED -> {}
      case BUSY -> answer(exchange, 429, "{\"error\":\"too many requests\"}");
      case LATE ->
          CompletableFuture.runAsync(
              () -> make(request, body, Duration.ZERO),
              CompletableFuture.delayedExecutor(lateness.toMillis(), TimeUnit.MILLISECONDS));
      default -> {
        Duration lag = rule.fault() == Fault.LAG ? lateness : Duration.ZERO;
        Made made = make(request, body, lag);
        if (rule.after() == null || rule.after().pass()) {
          answer(exchange, made, rule.fault());
        }
      }
    }
  }

  private static void answer(HttpExchange exchange, Made made, Fault fault) throws IOException {
    switch (fault) {
      case LOST -> {}
      case ERROR -> answer(exchange, 500, "{\"error\":\"something went wrong\"}");
      case TRUNCATED -> {
        byte[] whole = made.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(201, whole.length);
        OutputStream out = exchange.getResponseBody();
        // Within the id, so that no part of it can be taken for it.
        out.write(whole, 0, "{\"id\":\"".length() + 2);
        out.flush();
      }
      default -> answer(exchange, 201, made.body());
    }
  }

  private synchronized Made make(Request request, String body, Duration lag) {
    String key = request.kind().equals(KEYED) ? request.key() : null;
    Made earlier = key == null ? null : byKey.get(key);
    if (earlier != null) {
      return earlier;
    }
    Instant now = Instant.now();
    String id = request.kind() + "-" + (ledger.size() + 1);
    String whole =
        "{\"id\":\"%s\",\"created_at\":\"%s\",%s".formatted(id, now, body.substring(1).strip());
    Made made = new Made(request.kind(), request.name(), id, whole, now.plus(lag));
    ledger.add(made);
    if (key != null) {
      byKey.put(key, made);
    }
    return made;
  }

  private void get(HttpExchange exchange, Request request) throws IOException {
    if (request.kind().equals(HOOK)) {
      answer(exchange, 200, "{}");
    } else if (request.name().isEmpty()) {
      answer(exchange, 200, list(exchange, request.kind()));
    } else {
      Made found =
          ledger().stream().filter(m -> m.id().equals(request.name())).findFirst().orElse(null);
      answer(
          exchange,
          found == null ? 404 : 200,
          found == null ? "{\"error\":\"not found\"}" : found.body());
    }
  }

  private String list(HttpExchange exchange, String kind) {
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int page = number(query, "page", 1);
    int size = number(query, "per_page", PAGE);
    Instant now = Instant.now();
    return ledger().stream()
        .filter(m -> m.kind().equals(kind) && !m.listed().isAfter(now))
        .skip((long) (page - 1) * size)
        .limit(size)
        .map(Made::body)
        .collect(Collectors.joining(",", "{\"" + kind + "\":[", "]}"));
  }

  private static int number(String query, String parameter, int otherwise) {
    Matcher found = Pattern.compile("(?:\\A|&)" + parameter + "=(\\d+)").matcher(query);
    return found.find() ? Integer.parseInt(found.group(1)) : otherwise;
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
