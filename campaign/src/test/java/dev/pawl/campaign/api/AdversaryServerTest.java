package dev.pawl.campaign.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.Test;

@NullUnmarked // a null where none belongs fails the test
class AdversaryServerTest {
  private static final InstantSource CLOCK = InstantSource.system();

  private final AdversaryApi api =
      new AdversaryApi(
          new Misbehaviour().posts(n -> n == 1 ? PostFault.made(PostFault.Ending.LOST, 0) : null));

  @Test
  void aLostAnswerIsALostConnectionAndItsTokenGivesTheSameObject() throws Exception {
    try (AdversaryServer server = new AdversaryServer(api, CLOCK);
        HttpClient client = HttpClient.newHttpClient()) {
      HttpRequest create =
          HttpRequest.newBuilder(URI.create(server.url() + "/tokens"))
              .header("Idempotency-Key", "one")
              .POST(HttpRequest.BodyPublishers.ofString("{\"name\": \"web\", \"step\": \"s1\"}"))
              .build();

      assertThatThrownBy(() -> client.send(create, HttpResponse.BodyHandlers.ofString()))
          .isInstanceOf(IOException.class);
      HttpResponse<String> again = client.send(create, HttpResponse.BodyHandlers.ofString());

      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(again.body()).contains("\"id\":\"t-1\"").doesNotContain("s1");
      Ledger ledger = api.ledger(CLOCK.instant());
      assertThat(ledger.things("s1")).hasSize(1);
      assertThat(ledger.sends("s1")).last().extracting(Sent::replayOf).isNotNull();
      HttpRequest list =
          HttpRequest.newBuilder(URI.create(server.url() + "/tokens?page=1&per_page=3")).build();
      assertThat(client.send(list, HttpResponse.BodyHandlers.ofString()).body()).contains("t-1");
    }
  }
}
