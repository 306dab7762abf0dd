package dev.pawl.cli.remote;

import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.okhttp.OkHttpChannelBuilder;
import java.util.concurrent.TimeUnit;

/** Makes gRPC channels: by OkHttp, which starts in half of Netty's time. */
public final class Channels {
  /** The largest answer a server gives: 16 MiB, and its framing. */
  private static final int MAX_MESSAGE_BYTES = 17 * 1024 * 1024;

  private Channels() {}

  public static ManagedChannel plaintext(HostPort address) {
    return OkHttpChannelBuilder.forAddress(
            address.host(), address.port(), InsecureChannelCredentials.create())
        .intercept(new NameTheServer(address))
        .maxInboundMessageSize(MAX_MESSAGE_BYTES)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .build();
  }

  /** Ends the channel; calls still open on it end too. */
  public static void close(ManagedChannel channel) {
    channel.shutdownNow();
  }
}
