package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.cli.remote.Channels;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.client.CreateOptions;
import dev.pawl.client.CreateResult;
import dev.pawl.client.InDoubtException;
import dev.pawl.client.Made;
import dev.pawl.v1.ResourceKey;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Code of one's own, by the Java client, against a real server. */
@Timeout(300)
class JavaClientTest {
  private static final CreateOptions SHORT =
      CreateOptions.DEFAULT.withLease(Duration.ofSeconds(1)).withSettle(Duration.ofMillis(50));

  @TempDir Path home;
  private Pawl pawl;
  private ManagedChannel channel;
  private dev.pawl.client.Pawl client;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    channel =
        Channels.plaintext(
            HostPort.parse(pawl.server(pawl.dataDirectory("data"), "--port", "0").address()));
    client = dev.pawl.client.Pawl.over(channel);
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    Channels.close(channel);
    pawl.end();
  }

  private static ResourceKey key(String instance) {
    return ResourceKey.newBuilder().setModelType("acme/invoice").setInstance(instance).build();
  }

  /** One server for all of it: each part has a key of its own. */
  @Test
  void onlyOneOfAllMakesItAndADoubtIsSettledByLooking() throws Exception {
    manyRaceAndOneMakes();
    whatGotLostIsFound();
    whatIsProvenAbsentIsMade();
  }

  private void manyRaceAndOneMakes() throws Exception {
    AtomicInteger made = new AtomicInteger();
    List<Future<CreateResult>> all = new ArrayList<>();
    ExecutorService callers = Executors.newFixedThreadPool(20);
    try {
      for (int i = 0; i < 20; i++) {
        all.add(
            callers.submit(
                () ->
                    client.createOrGet(
                        key("raced"),
                        grant -> Made.of("{\"n\":" + made.incrementAndGet() + "}", grant.marker()),
                        null)));
      }
      int created = 0;
      for (Future<CreateResult> one : all) {
        CreateResult result = one.get(60, TimeUnit.SECONDS);
        assertThat(result.dataJson().replace(" ", "")).isEqualTo("{\"n\":1}");
        created += result.outcome() == CreateResult.Outcome.CREATED ? 1 : 0;
      }
      assertThat(created).isEqualTo(1);
      assertThat(made.get()).isEqualTo(1);
    } finally {
      callers.shutdownNow();
    }
  }

  private void fails(ResourceKey key) {
    assertThatThrownBy(
            () ->
                client.createOrGet(
                    key,
                    grant -> {
                      throw new IOException("the answer got lost");
                    },
                    null,
                    SHORT))
        .isInstanceOf(IOException.class);
    // It waits for the lease to end, and then nobody knows.
    assertThatThrownBy(() -> client.createOrGet(key, grant -> Made.of("{}", "no"), null, SHORT))
        .isInstanceOf(InDoubtException.class);
  }

  private void whatGotLostIsFound() throws Exception {
    fails(key("lost"));
    CreateResult found =
        client.createOrGet(
            key("lost"),
            grant -> Made.of("{}", "no"),
            grant -> Optional.of(Made.of("{\"id\":7}", "7")),
            SHORT);
    assertThat(found.outcome()).isEqualTo(CreateResult.Outcome.ADOPTED);
    assertThat(found.data().getExternalId()).isEqualTo("7");
  }

  private void whatIsProvenAbsentIsMade() throws Exception {
    fails(key("never sent"));
    CreateResult made =
        client.createOrGet(
            key("never sent"), grant -> Made.of("{}", "8"), grant -> Optional.empty(), SHORT);
    assertThat(made.outcome()).isEqualTo(CreateResult.Outcome.CREATED);
    assertThat(made.data().getExternalId()).isEqualTo("8");
  }
}
