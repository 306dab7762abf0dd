package dev.pawl.cli.embedded;

import dev.pawl.cli.hosting.HostedSandbox;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.SandboxSettings;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import dev.pawl.server.config.ServerOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Objects;

/** Servers that only answer health checks, and write down what they were connected to. */
final class FakeServers implements Servers {
  private final Path dataDir;

  FakeServers(Path dataDir) {
    this.dataDir = dataDir;
  }

  @Override
  public HostedServer start(ServerOptions settings) throws IOException {
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
    public ConnectionSettings connection() {
      return new ConnectionSettings(
          name,
          "http://127.0.0.1:9",
          "sandbox-1",
          Auth.BEARER,
          null,
          ConnectionSettings.CONNECT_TIMEOUT);
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
    public String installationId() {
      return "installation-1";
    }

    @Override
    public boolean isIdle() {
      return true;
    }

    @Override
    public void connect(ConnectionSettings connection) {
      try {
        Files.writeString(
            dataDir.resolve("connected"),
            connection.name()
                + " "
                + connection.baseUrl()
                + " "
                + Objects.requireNonNullElse(connection.account(), "-")
                + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void allowCommands(Collection<String> names) {
      try {
        Files.writeString(dataDir.resolve("allowed"), String.join(",", names));
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
