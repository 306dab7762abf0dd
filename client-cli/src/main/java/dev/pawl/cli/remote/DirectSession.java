package dev.pawl.cli.remote;

import static java.util.Objects.requireNonNull;

import io.grpc.Channel;
import io.grpc.ManagedChannel;

/** A session with a server somebody else runs. */
public final class DirectSession implements Session {
  private final HostPort address;
  private final ManagedChannel channel;

  public DirectSession(HostPort address) {
    this.address = requireNonNull(address, "address");
    this.channel = Channels.plaintext(address);
  }

  @Override
  public Channel channel() {
    return channel;
  }

  @Override
  public String description() {
    return address.toString();
  }

  /** The channel itself connects anew with the next call; only its growing pause is cut short. */
  @Override
  public void reconnect() {
    channel.resetConnectBackoff();
  }

  @Override
  public void close() {
    Channels.close(channel);
  }
}
