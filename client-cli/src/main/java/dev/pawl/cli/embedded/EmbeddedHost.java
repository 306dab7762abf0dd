package dev.pawl.cli.embedded;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.hosting.HostedServer;
import dev.pawl.cli.hosting.Servers;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.server.config.ServerOptions;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The embedded server's process: starts the server, says where it is, and ends when nobody needs it
 * any more.
 */
public final class EmbeddedHost {
  /** An ending server still holds the directory while it stops its database. */
  private static final Duration PREDECESSOR_PATIENCE = Duration.ofSeconds(30);

  private static final Duration LINGER = Duration.ofSeconds(1);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Servers servers;
  private final Path dataDir;
  private final Tenancy tenancy;

  public EmbeddedHost(Servers servers, Path dataDir) {
    this(servers, dataDir, new Tenancy(LINGER, System::nanoTime));
  }

  EmbeddedHost(Servers servers, Path dataDir, Tenancy tenancy) {
    this.servers = servers;
    this.dataDir = dataDir;
    this.tenancy = tenancy;
  }

  /** Returns when the server has ended and the directory is free. */
  public void run() throws IOException, InterruptedException {
    try (DirectoryLock lock = lock();
        HostedServer server = servers.start(embedded(dataDir));
        Neighbourhood neighbourhood = new Neighbourhood(servers, server, dataDir)) {
      serve(server, neighbourhood);
    }
  }

  /** Makes {@link #run} return soon. */
  public void stop() {
    tenancy.end();
  }

  private DirectoryLock lock() throws IOException, InterruptedException {
    return DirectoryLock.take(dataDir, DirectoryLock.SERVER, PREDECESSOR_PATIENCE)
        .orElseThrow(
            () ->
                new CliException(
                    Failure.of(
                        "UNAVAILABLE",
                        "DATA_DIRECTORY_LOCKED",
                        "another server holds the data directory " + dataDir)));
  }

  private void serve(HostedServer server, Neighbourhood neighbourhood)
      throws IOException, InterruptedException {
    String secret = secret();
    Server control =
        NettyServerBuilder.forAddress(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                InsecureServerCredentials.create())
            .addService(new EmbeddedControl(tenancy, neighbourhood, server.address()))
            .intercept(new SecretCheck(secret))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build()
            .start();
    try {
      HostPort controlAddress = new HostPort(ServerOptions.LOOPBACK, control.getPort());
      new ServerFile(
              server.address(), ProcessHandle.current().pid(), Optional.of(controlAddress), secret)
          .write(dataDir);
      tenancy.begin();
      while (!tenancy.endIfUnneeded(server::isIdle)) {
        TimeUnit.NANOSECONDS.sleep(PAUSE.toNanos());
      }
    } finally {
      ServerFile.delete(dataDir);
      control.shutdownNow().awaitTermination();
    }
  }

  private static ServerOptions embedded(Path dataDir) {
    return ServerOptions.in(dataDir).withAddress(ServerOptions.LOOPBACK, 0);
  }

  private static String secret() {
    byte[] bytes = new byte[16];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
