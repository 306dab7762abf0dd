package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code http/request await} outlives its server. */
@Timeout(300)
class AwaitRestartTest {
  private static final Pattern DEADLINE = Pattern.compile("until (\\S+); not yet: .*building");

  @TempDir Path home;
  private final AtomicReference<String> state = new AtomicReference<>("building");
  private Pawl pawl;
  private HttpServer site;
  private DataDirectory data;
  private PawlServerProcess server;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    data = pawl.dataDirectory("data");
    site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    site.createContext(
        "/job",
        exchange -> {
          byte[] body = "{\"state\": \"%s\"}".formatted(state.get()).getBytes(UTF_8);
          exchange.getResponseHeaders().set("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    site.start();
    server = server("0");
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
    site.stop(0);
  }

  private PawlServerProcess server(String port) throws Exception {
    Path config =
        Files.writeString(
            home.resolve("config.yaml"), "heartbeat: 500ms\nrecoverTasksTimeout: 5s\n");
    return pawl.server(data, "--port", port, "--config", config.toString());
  }

  private Path workflow() throws IOException {
    return Files.writeString(
        home.resolve("await.yaml"),
        """
        apiVersion: pawl.dev/v1
        kind: Workflow
        metadata: {name: await}
        spec:
          recovery: {strategy: none}
          steps:
            - id: ready
              model: http/request
              method: await
              with: {url: "URL/job", path: /state, equals: done, every: 8s, within: 1h}
        """
            .replace("URL", "http://127.0.0.1:" + site.getAddress().getPort()));
  }

  /** The deadline that the run shows while it is put down. */
  private String deadline(String run) throws Exception {
    AtomicReference<String> found = new AtomicReference<>("");
    Await.until(
        "the run is put down and waits",
        () -> {
          RunAnswer shown = pawl.runDocument("show", run, "--server", server.address());
          Matcher words = DEADLINE.matcher(shown.step("ready").path("waitingFor").asText());
          boolean waits =
              shown.document().path("status").asText().equals("WAITING") && words.find();
          if (waits) {
            found.set(words.group(1));
          }
          return waits;
        });
    return Objects.requireNonNull(found.get());
  }

  @Test
  void aKilledServersAwaitGoesOnToTheSameDeadlineWithoutARecovery() throws Exception {
    String run =
        pawl.runDocument("run", workflow().toString(), "--server", server.address(), "--detach")
            .run();
    String before = deadline(run);

    ProcessHandle postgres = data.postgres().orElseThrow();
    server.command().kill();
    Await.until("the database ended with its server", () -> !postgres.isAlive());
    server = server(server.port());
    String after = deadline(run);
    state.set("done");
    RunAnswer answer = pawl.runDocument("watch", run, "--server", server.address()).succeeded();

    assertThat(after).isEqualTo(before);
    assertThat(answer.steps()).containsExactly("ready EXECUTED");
    assertThat(answer.step("ready").path("attempt").asInt()).isEqualTo(1);
  }
}
