package dev.pawl.cli.embedded;

import dev.pawl.cli.embedded.v1.AttachRequest;
import dev.pawl.cli.embedded.v1.AttachResponse;
import dev.pawl.cli.embedded.v1.ConnectRequest;
import dev.pawl.cli.embedded.v1.ConnectResponse;
import dev.pawl.cli.embedded.v1.EmbeddedControlServiceGrpc.EmbeddedControlServiceImplBase;
import dev.pawl.cli.embedded.v1.KeepRunningRequest;
import dev.pawl.cli.embedded.v1.KeepRunningResponse;
import dev.pawl.cli.remote.HostPort;
import dev.pawl.model.http.ConnectionSettings;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;

/** The embedded server's side of what commands ask of it. */
final class EmbeddedControl extends EmbeddedControlServiceImplBase {
  private final Tenancy tenancy;
  private final Neighbourhood neighbourhood;
  private final HostPort address;

  EmbeddedControl(Tenancy tenancy, Neighbourhood neighbourhood, HostPort address) {
    this.tenancy = tenancy;
    this.neighbourhood = neighbourhood;
    this.address = address;
  }

  @Override
  public void attach(AttachRequest request, StreamObserver<AttachResponse> answers) {
    if (!tenancy.enter()) {
      answers.onError(
          Status.UNAVAILABLE.withDescription("the embedded server is ending").asException());
      return;
    }
    // However the client goes, killed included, its connection breaks and this is called.
    ((ServerCallStreamObserver<AttachResponse>) answers).setOnCancelHandler(tenancy::leave);
    answers.onNext(AttachResponse.newBuilder().setAddress(address.toString()).build());
  }

  @Override
  public void connect(ConnectRequest request, StreamObserver<ConnectResponse> answers) {
    try {
      request.getConnectionsList().stream()
          .map(Messages::connection)
          .forEach(neighbourhood::connect);
      neighbourhood.allowCommands(request.getCommandsList());
      ConnectResponse.Builder response = ConnectResponse.newBuilder();
      for (String document : request.getSandboxesList()) {
        ConnectionSettings sandbox = neighbourhood.sandbox(document);
        response.addSandboxes(Messages.connection(sandbox));
      }
      answers.onNext(response.build());
      answers.onCompleted();
    } catch (Exception e) {
      answers.onError(Messages.status(e).asException());
    }
  }

  @Override
  public void keepRunning(KeepRunningRequest request, StreamObserver<KeepRunningResponse> answers) {
    tenancy.keep();
    answers.onNext(KeepRunningResponse.newBuilder().setPid(ProcessHandle.current().pid()).build());
    answers.onCompleted();
  }
}
