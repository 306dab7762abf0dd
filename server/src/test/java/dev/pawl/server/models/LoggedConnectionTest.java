package dev.pawl.server.models;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pawl.model.Json;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.testkit.FakeConnection;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggedConnectionTest {
  private final FakeConnection api = new FakeConnection("api");
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final Logger log = (Logger) LoggerFactory.getLogger("test.connection");

  @BeforeEach
  void listen() {
    log.setAdditive(false);
    log.setLevel(Level.INFO);
    log.detachAndStopAllAppenders();
    told.start();
    log.addAppender(told);
  }

  private void send(String method, String path) throws InterruptedException {
    URI uri = URI.create(api.baseUrl() + path);
    new LoggedConnection(api, log)
        .send(
            new ApiRequest(method, uri, Map.of(), new byte[0], Duration.ofSeconds(1)),
            SendGuard.NONE);
  }

  private List<String> lines() {
    return told.list.stream()
        .map(e -> e.getLevel() + " " + e.getFormattedMessage().replaceAll("\\d+ ms", "N ms"))
        .toList();
  }

  @Test
  void tellsOfEffectsAndOfReadsThatDidNotSucceed() throws Exception {
    api.on("POST /things", 201, Json.object());
    api.on("GET /things/1", 200, Json.object());
    api.on("GET /things/2", 404, Json.object());
    send("POST", "/things?token=abc");
    send("GET", "/things/1");
    send("GET", "/things/2");
    assertThat(lines())
        .containsExactly("INFO POST /things: 201 in N ms", "INFO GET /things/2: 404 in N ms");
  }

  @Test
  void tellsWhatWasNotSentFromWhatWasLost() throws Exception {
    api.refuses("POST /things");
    api.loses("POST /others");
    send("POST", "/things");
    send("POST", "/others");
    assertThat(lines()).hasSize(2);
    assertThat(lines().get(0)).startsWith("WARN POST /things: not sent: ");
    assertThat(lines().get(1)).startsWith("WARN POST /others: no complete answer within N ms: ");
  }
}
