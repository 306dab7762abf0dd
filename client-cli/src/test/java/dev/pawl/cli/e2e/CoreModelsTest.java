package dev.pawl.cli.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The models that come with Pawl, in the server that comes with the command. */
@Timeout(300)
class CoreModelsTest {
  private static final String TOKEN = "token-that-nobody-may-see";

  /** The exit code of a run that ended in doubt. */
  private static final int IN_DOUBT = 3;

  @TempDir Path home;
  private final List<String> posts = new CopyOnWriteArrayList<>();
  private Pawl pawl;
  private HttpServer api;
  private String data;

  @BeforeEach
  void start() throws IOException {
    pawl = new Pawl(home);
    data = pawl.dataDirectory("data").path().toString();
    api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    api.createContext(
        "/",
        exchange -> {
          boolean first = false;
          if (exchange.getRequestMethod().equals("POST")) {
            first = posts.isEmpty();
            posts.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          }
          byte[] body = "{\"up\": true}".getBytes(UTF_8);
          exchange.getRequestBody().readAllBytes();
          if (!first) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
          }
          // The first POST is taken, and its answer lost.
          exchange.close();
        });
    api.start();
  }

  @AfterEach
  void end() throws Exception {
    pawl.end();
    api.stop(0);
  }

  private Path workflow(String repeatable) throws IOException {
    String file =
        """
        apiVersion: pawl.dev/v1
        kind: Workflow
        metadata: {name: core}
        spec:
          steps:
            - id: health
              model: http/request
              method: read
              with: {url: "URL/health"}
            - id: up
              model: core/assert
              method: check
              with: {that: "${{ steps.health.output.body.up }}", message: it is down}
            - id: hook
              dependsOn: [up]
              model: http/request
              method: send
              instance: hook
              with:
                method: POST
                url: "URL/hooks?access_token=TOKEN"
                headers: {Authorization: Bearer TOKEN}
                body: {name: hook}
                repeatable: REPEATABLE
        """
            .replace("URL", "http://127.0.0.1:" + api.getAddress().getPort())
            .replace("TOKEN", TOKEN)
            .replace("REPEATABLE", repeatable);
    return Files.writeString(home.resolve("core.yaml"), file);
  }

  @Test
  void aRequestWhoseAnswerWasLostIsSentAgainOnlyWhereItsAuthorSaysSo() throws Exception {
    String careful = workflow("false").toString();
    RunAnswer doubt = pawl.runDocument("run", careful, "--data-dir", data);
    RunAnswer again = pawl.runDocument("run", careful, "--data-dir", data);
    doubt.command().exits(IN_DOUBT);
    again.command().exits(IN_DOUBT);
    assertThat(doubt.step("hook").at("/error/reason").asText()).isEqualTo("IN_DOUBT");
    assertThat(again.step("hook").at("/error/reason").asText()).isEqualTo("IN_DOUBT");
    assertThat(posts).hasSize(1);

    String repeatable = workflow("true").toString();
    RunAnswer sent = pawl.runDocument("run", repeatable, "--data-dir", data).succeeded();
    RunAnswer kept = pawl.runDocument("run", repeatable, "--data-dir", data).succeeded();

    assertThat(sent.steps()).containsExactly("health EXECUTED", "up EXECUTED", "hook CREATED");
    assertThat(kept.steps()).containsExactly("health EXECUTED", "up EXECUTED", "hook REUSED");
    assertThat(posts).hasSize(2);
    assertThat(posts.get(0)).startsWith("pawl-").isEqualTo(posts.get(1));
    assertThat(doubt.command() + "" + again.command() + sent.command() + kept.command())
        .doesNotContain(TOKEN);
  }

  @Test
  void programsAreOffUnlessTheyAreAllowed() throws Exception {
    Path file =
        Files.writeString(
            home.resolve("command.yaml"),
            """
            apiVersion: pawl.dev/v1
            kind: Workflow
            metadata: {name: command}
            spec:
              steps:
                - id: whoami
                  model: core/command
                  method: run
                  with: {command: [id, -u]}
            """);

    RunAnswer refused = pawl.runDocument("run", file.toString(), "--data-dir", data).failed();

    assertThat(refused.step("whoami").at("/error/reason").asText()).isEqualTo("NOT_ALLOWED");
    assertThat(refused.step("whoami").at("/error/message").asText()).contains("--allow-command");
    pawl.run("run", file.toString(), "--data-dir", data, "--allow-command", "/bin/id").exits(2);
  }
}
