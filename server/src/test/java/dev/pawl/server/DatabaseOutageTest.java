package dev.pawl.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.config.ServerOptions;
import dev.pawl.server.engine.EngineSettings;
import dev.pawl.server.store.postgres.DatabaseSettings;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.ListRunsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Health follows the database: gone with it, back with it, however it went. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class DatabaseOutageTest {
  @TempDir Path directory;

  private final LinkedBlockingQueue<ServingStatus> told = new LinkedBlockingQueue<>();

  @Test
  void healthIsGoneWhileTheDatabaseRefusesAndComesBackWithIt() throws Exception {
    check(FlakyProxy::refuse, "");
  }

  @Test
  void healthIsGoneWhileTheDatabaseIsSilentAndComesBackWithIt() throws Exception {
    // Else the test would wait out what a statement may take.
    check(FlakyProxy::freeze, "&socketTimeout=2");
  }

  private interface Fault {
    void on(FlakyProxy proxy) throws Exception;
  }

  private void check(Fault fault, String urlOptions) throws Exception {
    try (TestDatabase database = TestDatabase.create();
        FlakyProxy proxy = new FlakyProxy(port(database.settings()));
        PawlServer server =
            PawlServer.start(
                ServerOptions.in(directory)
                    .withAddress("127.0.0.1", 0)
                    .withDatabaseUrl(url(database.settings(), proxy.port()) + urlOptions)
                    .withRecovery(
                        EngineSettings.Recovery.BY_WORKFLOW,
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2)),
                List.of())) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
      try {
        watch(channel);
        await(ServingStatus.SERVING);

        fault.on(proxy);
        await(ServingStatus.NOT_SERVING);
        StatusRuntimeException away =
            Assertions.catchThrowableOfType(StatusRuntimeException.class, () -> list(channel));
        assertThat(away).isNotNull();
        assertThat(away.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);

        proxy.mend();
        await(ServingStatus.SERVING);
        assertThat(list(channel)).isZero();
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static int list(ManagedChannel channel) {
    return ExecutionServiceGrpc.newBlockingStub(channel)
        .listRuns(ListRunsRequest.getDefaultInstance())
        .getRunsCount();
  }

  private void watch(ManagedChannel channel) {
    HealthGrpc.newStub(channel)
        .watch(
            HealthCheckRequest.newBuilder().setService("pawl.v1.ExecutionService").build(),
            new StreamObserver<>() {
              @Override
              public void onNext(HealthCheckResponse answer) {
                told.add(answer.getStatus());
              }

              @Override
              public void onError(Throwable t) {}

              @Override
              public void onCompleted() {}
            });
  }

  /** A slow machine may miss a beat, so health may have wavered before. */
  private void await(ServingStatus wanted) throws InterruptedException {
    ServingStatus seen;
    do {
      seen = told.poll(3, TimeUnit.MINUTES);
      assertThat(seen).as("nobody told that health is %s", wanted).isNotNull();
    } while (seen != wanted);
  }

  private static int port(DatabaseSettings settings) {
    return Integer.parseInt(settings.url().replaceAll(".*127\\.0\\.0\\.1:(\\d+)/.*", "$1"));
  }

  private static String url(DatabaseSettings settings, int port) {
    return settings.url().replaceAll(":\\d+/", ":" + port + "/")
        // Its search path names the tests' clock first, which is none of the migrations' business.
        + "?currentSchema=public&user="
        + settings.user()
        + "&password="
        + java.net.URLEncoder.encode(settings.password(), java.nio.charset.StandardCharsets.UTF_8);
  }
}
