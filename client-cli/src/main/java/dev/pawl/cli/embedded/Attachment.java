package dev.pawl.cli.embedded;

import dev.pawl.cli.embedded.v1.AttachRequest;
import dev.pawl.cli.embedded.v1.AttachResponse;
import dev.pawl.cli.embedded.v1.ConnectRequest;
import dev.pawl.cli.embedded.v1.EmbeddedControlServiceGrpc;
import dev.pawl.cli.embedded.v1.KeepRunningRequest;
import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.remote.Channels;
import dev.pawl.cli.remote.HostPort;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A hold on the embedded server: while it is open the server stays. */
final class Attachment implements AutoCloseable {
  private static final long CHECK_SECONDS = 5;

  private final ServerFile server;
  private final Optional<ManagedChannel> control;

  private Attachment(ServerFile server, Optional<ManagedChannel> control) {
    this.server = server;
    this.control = control;
  }

  /** Takes hold of the server that the file speaks of; none if it is gone or going. */
  static Optional<Attachment> to(ServerFile server) {
    return server.control().isPresent()
        ? toEmbedded(server, server.control().get())
        : toStandalone(server);
  }

  private static Optional<Attachment> toEmbedded(ServerFile server, HostPort control) {
    ManagedChannel channel = Channels.plaintext(control);
    FirstAnswer held = new FirstAnswer();
    // The stream then stays open until the channel is closed or this process ends.
    EmbeddedControlServiceGrpc.newStub(guarded(channel, server.secret()))
        .attach(AttachRequest.getDefaultInstance(), held);
    if (held.arrivesWithin(CHECK_SECONDS)) {
      return Optional.of(new Attachment(server, Optional.of(channel)));
    }
    Channels.close(channel);
    return Optional.empty();
  }

  private static Optional<Attachment> toStandalone(ServerFile server) {
    return Liveness.answers(server.address(), CHECK_SECONDS)
        ? Optional.of(new Attachment(server, Optional.empty()))
        : Optional.empty();
  }

  HostPort address() {
    return server.address();
  }

  long pid() {
    return server.pid();
  }

  /** Tells the server where APIs live, and what it may start. */
  void connect(Wishes wishes) {
    if (wishes.isEmpty()) {
      return;
    }
    ConnectRequest.Builder request =
        ConnectRequest.newBuilder()
            .addAllSandboxes(wishes.sandboxes())
            .addAllCommands(wishes.commands());
    wishes.connections().stream().map(Messages::connection).forEach(request::addConnections);
    try {
      stub().withDeadlineAfter(60, TimeUnit.SECONDS).connect(request.build());
    } catch (StatusRuntimeException e) {
      throw refusal(e);
    }
  }

  /** The reason is lost on the way, the code and the sentence are not. */
  private static CliException refusal(StatusRuntimeException e) {
    String description =
        Optional.ofNullable(e.getStatus().getDescription())
            .orElse("the embedded server did not answer");
    return new CliException(
        Failure.of(e.getStatus().getCode().name(), "CONNECTION_REFUSED", description), e);
  }

  /** Asks the server to outlive its clients. */
  void keepRunning() {
    if (control.isPresent()) {
      stub().keepRunning(KeepRunningRequest.getDefaultInstance());
    }
  }

  boolean isEmbedded() {
    return control.isPresent();
  }

  @Override
  public void close() {
    control.ifPresent(Channels::close);
  }

  private EmbeddedControlServiceGrpc.EmbeddedControlServiceBlockingStub stub() {
    ManagedChannel channel =
        control.orElseThrow(
            () ->
                CliException.usage(
                    "the server at %s was started by `pawl server` (pid %d) with settings of its own: pass --connection and --allow-command there, or give another --data-dir"
                        .formatted(server.address(), server.pid())));
    return EmbeddedControlServiceGrpc.newBlockingStub(guarded(channel, server.secret()));
  }

  /** Tells whether a stream's first message came. */
  private static final class FirstAnswer implements StreamObserver<AttachResponse> {
    private final CompletableFuture<Boolean> arrived = new CompletableFuture<>();

    boolean arrivesWithin(long seconds) {
      return arrived.completeOnTimeout(false, seconds, TimeUnit.SECONDS).join();
    }

    @Override
    public void onNext(AttachResponse answer) {
      arrived.complete(true);
    }

    @Override
    public void onError(Throwable refused) {
      arrived.complete(false);
    }

    @Override
    public void onCompleted() {
      arrived.complete(false);
    }
  }

  private static Channel guarded(ManagedChannel channel, String secret) {
    Metadata headers = new Metadata();
    headers.put(SecretCheck.KEY, secret);
    return ClientInterceptors.intercept(
        channel, MetadataUtils.newAttachHeadersInterceptor(headers));
  }
}
