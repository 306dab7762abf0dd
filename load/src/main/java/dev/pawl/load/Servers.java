package dev.pawl.load;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Servers of one database, and a channel whose calls go to each of them in turn. */
final class Servers implements AutoCloseable {
  private static final int LARGEST_ANSWER = 64 << 20;

  private final List<PawlServer> servers = new ArrayList<>();
  private final List<ManagedChannel> channels = new ArrayList<>();

  void add(PawlServer server) {
    servers.add(server);
    // No executor between the network and a caller: the generator shares its cores with the
    // server.
    channels.add(
        NettyChannelBuilder.forTarget(server.address())
            .usePlaintext()
            .directExecutor()
            .maxInboundMessageSize(LARGEST_ANSWER)
            .build());
  }

  List<Long> pids() {
    return servers.stream().map(PawlServer::pid).toList();
  }

  /** One for each of them. */
  List<Channel> channels() {
    return List.copyOf(channels);
  }

  /** As if its machine had gone. */
  void killLast() throws InterruptedException {
    servers.getLast().kill();
  }

  Channel channel() {
    return channels.size() == 1 ? channels.get(0) : new InTurn(List.copyOf(channels));
  }

  @Override
  public void close() throws InterruptedException {
    channels.forEach(ManagedChannel::shutdownNow);
    for (PawlServer server : servers) {
      server.close();
    }
  }

  private static final class InTurn extends Channel {
    private final List<ManagedChannel> channels;
    private final AtomicInteger calls = new AtomicInteger();

    InTurn(List<ManagedChannel> channels) {
      this.channels = channels;
    }

    @Override
    public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
      int next = Math.floorMod(calls.getAndIncrement(), channels.size());
      return channels.get(next).newCall(method, options);
    }

    @Override
    public String authority() {
      return channels.get(0).authority();
    }
  }
}
