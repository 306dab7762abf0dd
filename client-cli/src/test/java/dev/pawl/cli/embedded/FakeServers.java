package dev.pawl.cli.embedded;

import dev.pawl.cli.hosting.ApiConnection;
import dev.pawl.cli.hosting.HostedSandbox;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.ServerSettings;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.cli.remote.HostPort;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Servers that only answer health checks, and write down what they were connected to. */
final class FakeServers implements Servers {
  private final Path dataDir;

  FakeServers(Path dataDir) {
    this.dataDir = dataDir;
  }

  @Override
  public HostedServer start(ServerSettings settings) throws IOException {
    Server server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new HealthStatusManager().getHealthService())
            .build()
            .start();
    return new FakeServer(server, dataDir);
  }

  @Override
  public HostedSandbox startSandbox(SandboxSettings settings) {
    return new FakeSandbox(settings.name());
  }

  private record FakeSandbox(String name) implements HostedSandbox {
    @Override
    public ApiConnection connection() {
      return new ApiConnection(
          name, URI.create("http://127.0.0.1:9/"), Optional.empty(), Optional.of("sandbox-1"));
    }

    @Override
    public void close() {}
  }

  private record FakeServer(Server server, Path dataDir) implements HostedServer {
    @Override
    public HostPort address() {
      return new HostPort("127.0.0.1", server.getPort());
    }

    @Override
    public boolean isIdle() {
      return true;
    }

    @Override
    public void connect(ApiConnection connection) {
      try {
        Files.writeString(
            dataDir.resolve("connected"),
            connection.name()
                + " "
                + connection.url()
                + " "
                + connection.account().orElse("-")
                + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void awaitTermination() throws InterruptedException {
      server.awaitTermination();
    }

    @Override
    public void close() {
      server.shutdownNow();
    }
  }
}
