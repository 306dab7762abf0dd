package dev.pawl.server.api;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.concurrent.Executor;

/**
 * Has a call's work done on a thread of its own, once the request is there. What comes before and
 * after it is done by the transport's threads: it never blocks, and each change of threads costs as
 * much as all of it.
 */
final class OffLoad implements ServerInterceptor {
  private final Executor threads;

  OffLoad(Executor threads) {
    this.threads = threads;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onHalfClose() {
        threads.execute(super::onHalfClose);
      }
    };
  }
}
