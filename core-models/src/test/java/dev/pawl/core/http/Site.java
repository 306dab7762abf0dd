package dev.pawl.core.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A real server on loopback that answers as it was told to: answers to one method and path in
 * order, the last one for ever.
 */
final class Site implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Deque<Answer>> script = new HashMap<>();
  private final List<Seen> seen = new ArrayList<>();

  /** A request as it arrived. */
  record Seen(String line, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).get(0);
    }
  }

  /** What is done with a request. */
  interface Answer {
    void to(HttpExchange exchange) throws IOException;
  }

  Site() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  synchronized Site on(String methodAndPath, Answer answer) {
    script.computeIfAbsent(methodAndPath, unused -> new ArrayDeque<>()).add(answer);
    return this;
  }

  Site on(String methodAndPath, int status, String json) {
    return on(methodAndPath, answer(status, "application/json", json));
  }

  /** Takes the request and hangs up without a word. */
  Site loses(String methodAndPath) {
    return on(methodAndPath, HttpExchange::close);
  }

  static Answer answer(int status, String type, String body) {
    return exchange -> {
      exchange.getResponseHeaders().set("Content-Type", type);
      exchange.getResponseHeaders().set("Set-Cookie", "session=of-the-answer");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.close();
    };
  }

  synchronized List<Seen> seen(String methodAndPath) {
    return seen.stream()
        .filter(s -> s.line().equals(methodAndPath) || s.line().startsWith(methodAndPath + "?"))
        .toList();
  }

  synchronized List<Seen> effects() {
    return seen.stream().filter(s -> !s.line().startsWith("GET ")).toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String method = exchange.getRequestMethod();
    next(method + " " + exchange.getRequestURI().getPath(), exchange, body).to(exchange);
  }

  private synchronized Answer next(String methodAndPath, HttpExchange exchange, String body) {
    String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
    seen.add(new Seen(line, Map.copyOf(exchange.getRequestHeaders()), body));
    Deque<Answer> answers = script.get(methodAndPath);
    if (answers == null) {
      return answer(404, "application/json", "{\"message\": \"nothing here\"}");
    }
    return answers.size() > 1 ? answers.removeFirst() : answers.getFirst();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
