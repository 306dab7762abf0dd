package dev.pawl.cli.remote;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.grpc.ForwardingClientCallListener.SimpleForwardingClientCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;

/** Says which server does not answer: the network's own words name no address a user gave. */
final class NameTheServer implements ClientInterceptor {
  private final HostPort address;

  NameTheServer(HostPort address) {
    this.address = address;
  }

  @Override
  public <A, B> ClientCall<A, B> interceptCall(
      MethodDescriptor<A, B> method, CallOptions options, Channel next) {
    return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
      @Override
      public void start(Listener<B> listener, Metadata headers) {
        super.start(
            new SimpleForwardingClientCallListener<>(listener) {
              @Override
              public void onClose(Status status, Metadata trailers) {
                super.onClose(named(status), trailers);
              }
            },
            headers);
      }
    };
  }

  private Status named(Status status) {
    if (status.getCode() == Status.Code.UNAVAILABLE && status.getCause() instanceof IOException e) {
      return status.withDescription(
          "no server answers at %s (%s): is it running?".formatted(address, e.getMessage()));
    }
    return status;
  }
}
