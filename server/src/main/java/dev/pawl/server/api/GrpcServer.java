package dev.pawl.server.api;

import dev.pawl.server.api.error.ErrorRoad;
import dev.pawl.server.engine.HealthListener;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/** The services on a port, with health and reflection. Handlers block on virtual threads. */
public final class GrpcServer implements HealthListener, AutoCloseable {
  /** Above what services accept, so that they can refuse by name what is between. */
  private static final int TRANSPORT_LIMIT = 2 * ErrorRoad.MAX_REQUEST;

  private static final String IN_USE = "already in use";

  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final Server server;
  private final HealthStatusManager health;
  private final List<String> names;
  private final ActiveCalls calls;
  private final OpenStreams streams;
  private final ExecutorService threads;
  private final AtomicBoolean draining = new AtomicBoolean();

  /** The port can't be opened; the message is one sentence. */
  public static final class StartFailed extends RuntimeException {
    private static final long serialVersionUID = 1;

    StartFailed(String message, Throwable cause) {
      super(message, cause);
    }
  }

  private GrpcServer(
      Server server,
      HealthStatusManager health,
      List<String> names,
      ActiveCalls calls,
      OpenStreams streams,
      ExecutorService threads) {
    this.server = server;
    this.health = health;
    this.names = names;
    this.calls = calls;
    this.streams = streams;
    this.threads = threads;
  }

  /**
   * Opens the port and serves.
   *
   * @param host a name or an address of this machine
   * @param port 0 for any that is free
   * @param services every one is reported healthy by its name, and so is the whole as ""
   * @throws StartFailed when the port is taken, or the host is not this machine's
   */
  public static GrpcServer start(
      String host, int port, Collection<? extends BindableService> services, OpenStreams streams) {
    return start(host, port, services, streams, AdmitCalls.Room.ofThisProcess());
  }

  static GrpcServer start(
      String host,
      int port,
      Collection<? extends BindableService> services,
      OpenStreams streams,
      AdmitCalls.Room room) {
    HealthStatusManager health = new HealthStatusManager();
    ActiveCalls calls = new ActiveCalls();
    ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(address(host, port))
            .directExecutor()
            .maxInboundMessageSize(TRANSPORT_LIMIT)
            .addStreamTracerFactory(calls)
            // The last one added is the first one called.
            .intercept(new ErrorRoad())
            .intercept(new Requester())
            .intercept(new AdmitCalls(threads, room))
            .addService(health.getHealthService())
            .addService(ProtoReflectionServiceV1.newInstance())
            .addService(reflectionForOlderClients());
    services.forEach(builder::addService);
    Server server = builder.build();
    try {
      server.start();
    } catch (IOException e) {
      threads.close();
      throw failed(host, port, e);
    }
    GrpcServer started = new GrpcServer(server, health, names(services), calls, streams, threads);
    started.canWork();
    return started;
  }

  /** The whole is asked for by the empty name. */
  private static List<String> names(Collection<? extends BindableService> services) {
    return Stream.concat(
            Stream.of(HealthStatusManager.SERVICE_NAME_ALL_SERVICES),
            services.stream().map(s -> s.bindService().getServiceDescriptor().getName()))
        .toList();
  }

  /** Reports SERVING; without effect once it drains. */
  @Override
  public void canWork() {
    report(ServingStatus.SERVING);
  }

  /** Reports NOT_SERVING: calls are still taken, and answered with UNAVAILABLE where need be. */
  @Override
  public void cannotWork() {
    report(ServingStatus.NOT_SERVING);
  }

  private void report(ServingStatus status) {
    names.forEach(name -> health.setStatus(name, status));
  }

  @SuppressWarnings("deprecation") // grpcurl and others still ask for v1alpha
  private static BindableService reflectionForOlderClients() {
    return io.grpc.protobuf.services.ProtoReflectionService.newInstance();
  }

  private static InetSocketAddress address(String host, int port) {
    InetSocketAddress address = new InetSocketAddress(host, port);
    if (address.isUnresolved()) {
      throw new StartFailed(
          "the address "
              + host
              + " is not known; listen on 127.0.0.1, 0.0.0.0 or a name of this"
              + " machine",
          new IOException("unresolved host " + host));
    }
    return address;
  }

  private static StartFailed failed(String host, int port, IOException e) {
    String where = host + ":" + port;
    String why = cause(e);
    // The transport has exceptions of its own for this, so the words decide.
    return why.contains(IN_USE)
        ? new StartFailed(
            "the port "
                + where
                + " is taken by another process; end that one, or choose another port with --port",
            e)
        : new StartFailed("the server cannot listen on " + where + ": " + why, e);
  }

  private static String cause(Throwable thrown) {
    Throwable first = thrown;
    while (first.getCause() != null) {
      first = first.getCause();
    }
    return String.valueOf(first.getMessage());
  }

  /** The port that is open. */
  public int port() {
    return server.getPort();
  }

  /** How many calls and streams callers still wait for. */
  public int activeCalls() {
    return calls.count();
  }

  /**
   * Stops in good order: reports NOT_SERVING, takes no new calls, ends streams with SHUTTING_DOWN,
   * and lets the others finish.
   *
   * @param patience how long they may take; what is not done then is cut off
   */
  public void drain(Duration patience) {
    if (draining.compareAndSet(false, true)) {
      health.enterTerminalState();
    }
    server.shutdown();
    streams.endAll();
    try {
      if (!server.awaitTermination(patience.toNanos(), TimeUnit.NANOSECONDS)) {
        cutOff();
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    threads.shutdown();
  }

  private void cutOff() throws InterruptedException {
    server.shutdownNow();
    server.awaitTermination(LAST_WORDS.toNanos(), TimeUnit.NANOSECONDS);
    threads.shutdownNow();
  }

  /** Waits until the server has stopped. */
  public void awaitEnd() throws InterruptedException {
    server.awaitTermination();
  }

  /** Stops at once. */
  @Override
  public void close() {
    drain(Duration.ZERO);
  }
}
