package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

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
import org.jspecify.annotations.Nullable;

/** A server that nobody here wrote, on loopback; it can be killed and started again. */
final class RealServer implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final List<String> line;
  private final Path folder;
  private final String url;
  private final @Nullable String key;
  private Process process;

  /**
   * Starts it and waits until it answers.
   *
   * @param folder where it runs
   * @param ready a path that it answers with 200 once it is ready
   * @param key sent as X-API-Key; null: none
   */
  RealServer(List<String> line, Path folder, int port, String ready, @Nullable String key)
      throws Exception {
    this.line = List.copyOf(line);
    this.folder = folder;
    this.url = "http://127.0.0.1:" + port;
    this.key = key;
    this.process = start(ready);
    this.ready = ready;
  }

  private final String ready;

  /** Where {@code .ci/real-servers} has put them; skips the test where it has not. */
  static Path unpacked() {
    String set = System.getenv("PAWL_REAL_SERVERS");
    Path place =
        set == null
            ? Path.of(System.getProperty("user.home"), ".cache", "pawl", "real-servers")
            : Path.of(set);
    if (!Files.exists(place.resolve("ready"))) {
      String why = "no real servers in " + place + ": .ci/real-servers gets them, without root";
      if ("1".equals(System.getenv("PAWL_REQUIRE_REAL_SERVERS"))) {
        fail("PAWL_REQUIRE_REAL_SERVERS=1 and yet " + why);
      }
      abort("skipped: " + why);
    }
    return place;
  }

  static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }

  private Process start(String path) throws Exception {
    Path log = folder.resolve("server.log");
    ProcessBuilder builder =
        new ProcessBuilder(line)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    Path libraries = unpacked().resolve("root/usr/lib/x86_64-linux-gnu");
    builder.environment().put("LD_LIBRARY_PATH", libraries.toString());
    Process started = builder.start();
    Await.until(
        line.getFirst() + " answers",
        () -> {
          if (!started.isAlive()) {
            throw new AssertionError(line + " ended: " + Files.readString(log));
          }
          return answers(path);
        });
    return started;
  }

  private boolean answers(String path) throws InterruptedException {
    try {
      return call("GET", path, null).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  void restart() throws Exception {
    process = start(ready);
  }

  HttpResponse<String> call(String method, String path, @Nullable String body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    Map<String, String> headers =
        key == null
            ? Map.of("Content-Type", "application/json")
            : Map.of("Content-Type", "application/json", "X-API-Key", key);
    headers.forEach(request::header);
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
