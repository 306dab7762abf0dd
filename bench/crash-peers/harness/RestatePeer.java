package dev.pawl.bench;

import dev.pawl.cli.e2e.AdversarialApi;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A node service behind a Restate server; the service is what executes and is killed. */
final class RestatePeer implements Peer {
  private final HttpClient http = HttpClient.newHttpClient();
  private final boolean keyed;
  private final AdversarialApi api;
  private final Path build;
  private final Path home;
  private final Hooks hooks;
  private final int ingress = freePort();
  private final int admin = freePort();
  private final int port = freePort();
  private final Child server;
  private Child service;

  /**
   * Starts the Restate server.
   *
   * @param keyed whether a step sends an idempotency key derived from the workflow's id
   */
  RestatePeer(boolean keyed, AdversarialApi api, Path root, Path home) throws Exception {
    this.keyed = keyed;
    this.api = api;
    this.build = root.resolve("bench/crash-peers/target/restate");
    this.home = Files.createDirectories(home);
    hooks = new Hooks(api);
    Path binary =
        build.resolve("node_modules/@restatedev/restate-server-linux-x64/bin/restate-server");
    server =
        Child.start(home, "restate", settings(), List.of(binary.toString(), "--no-logo"));
    Until.holds("restate-server answers", () -> answers(admin, "/health"));
    Until.holds("its ingress answers", () -> answers(ingress, "/restate/health"));
  }

  private Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("RESTATE_BASE_DIR", home.resolve("data").toString()),
        Map.entry("RESTATE_BIND_IP", "127.0.0.1"),
        Map.entry("RESTATE_ADVERTISED_HOST", "127.0.0.1"),
        Map.entry("RESTATE_LISTEN_MODE", "tcp"),
        Map.entry("RESTATE_BIND_PORT", Integer.toString(freePort())),
        Map.entry("RESTATE_INGRESS__BIND_ADDRESS", "127.0.0.1:" + ingress),
        Map.entry("RESTATE_ADMIN__BIND_ADDRESS", "127.0.0.1:" + admin),
        Map.entry("RESTATE_ADMIN__DISABLE_WEB_UI", "true"),
        Map.entry("RESTATE_DISABLE_TELEMETRY", "true"),
        Map.entry("RESTATE_LOG_FILTER", "warn"));
  }

  @Override
  public String name() {
    return keyed ? "Restate, step with a key" : "Restate, plain POST";
  }

  @Override
  public Set<String> kinds() {
    return Set.of(kind());
  }

  private String kind() {
    return keyed ? "cards" : "pipes";
  }

  @Override
  public void start() throws Exception {
    boolean first = service == null;
    service =
        Child.start(
            home,
            "flow",
            Map.of("RESTATE_LOGGING", "WARN", "NODE_ENV", "production"),
            List.of(
                "node",
                build.resolve("flow.mjs").toString(),
                Integer.toString(port), api.url(), kind(), Boolean.toString(keyed)));
    Until.holds("the service answers", () -> listens(port));
    if (first) {
      Until.holds("the service is known", this::register);
    }
  }

  private boolean register() throws Exception {
    return call("POST", admin, "/deployments", "{\"uri\":\"http://127.0.0.1:" + port + "\"}", null)
            .statusCode()
        == 201;
  }

  @Override
  public void kill() throws Exception {
    service.kill();
  }

  @Override
  public void submit(String id) throws Exception {
    HttpResponse<String> answer =
        call("POST", ingress, "/Flow/run/send", "\"" + id + "\"", id);
    if (answer.statusCode() / 100 != 2) {
      throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    }
  }

  @Override
  public End end(String id) throws Exception {
    HttpResponse<String> answer =
        call("GET", ingress, "/restate/invocation/Flow/run/" + id + "/output", "", null);
    return switch (answer.statusCode()) {
      case 200 -> End.SUCCEEDED;
      case 470 -> null;
      default -> throw new IllegalStateException(answer.statusCode() + " " + answer.body());
    };
  }

  private HttpResponse<String> call(
      String method, int at, String path, String body, String key)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (key != null) {
      request.header("idempotency-key", key);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private boolean answers(int at, String path) throws InterruptedException {
    try {
      return call("GET", at, path, "", null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean listens(int at) {
    try (java.net.Socket socket = new java.net.Socket(InetAddress.getLoopbackAddress(), at)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Holds holds() {
    return hooks;
  }

  @Override
  public void close() throws Exception {
    if (service != null) {
      kill();
    }
    server.kill();
  }
}
