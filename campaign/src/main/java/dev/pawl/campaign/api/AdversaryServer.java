package dev.pawl.campaign.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Serves an {@link AdversaryApi} on loopback, for campaigns with real processes. */
public final class AdversaryServer implements AutoCloseable {
  private final AdversaryApi api;
  private final InstantSource clock;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * Starts on a free port.
   *
   * @throws IOException when there is none
   */
  public AdversaryServer(AdversaryApi api, InstantSource clock) throws IOException {
    this.api = api;
    this.clock = clock;
    this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Without a trailing slash. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Call call =
        new Call(
            exchange.getRequestMethod(),
            exchange.getRequestURI().getPath(),
            query(exchange.getRequestURI().getRawQuery()),
            exchange.getRequestHeaders().getFirst("Idempotency-Key"),
            body);
    Reply reply = api.handle(call, clock.instant());
    // Once the connection stands, unreachable can only be shown by breaking it.
    if (reply instanceof Reply.Answered answered) {
      answer(exchange, answered);
    }
    exchange.close();
  }

  private static void answer(HttpExchange exchange, Reply.Answered answered) throws IOException {
    byte[] bytes = answered.body().getBytes(StandardCharsets.UTF_8);
    answered.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answered.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  static Map<String, String> query(@Nullable String raw) {
    Map<String, String> out = new HashMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      int cut = pair.indexOf('=');
      if (cut > 0) {
        out.put(decoded(pair.substring(0, cut)), decoded(pair.substring(cut + 1)));
      }
    }
    return out;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
