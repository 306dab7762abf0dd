package dev.pawl.cli.embedded;

import dev.pawl.cli.remote.Channels;
import dev.pawl.cli.remote.HostPort;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.util.concurrent.TimeUnit;

/** Asks an address whether a server answers there. */
final class Liveness {
  private Liveness() {}

  static boolean answers(HostPort address, long seconds) {
    ManagedChannel channel = Channels.plaintext(address);
    try {
      return HealthGrpc.newBlockingStub(channel)
              .withDeadlineAfter(seconds, TimeUnit.SECONDS)
              .check(HealthCheckRequest.getDefaultInstance())
              .getStatus()
          == ServingStatus.SERVING;
    } catch (StatusRuntimeException e) {
      return false;
    } finally {
      Channels.close(channel);
    }
  }
}
