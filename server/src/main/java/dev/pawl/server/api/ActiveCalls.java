package dev.pawl.server.api;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls that callers still wait for, by what the transport says of them. */
final class ActiveCalls extends ServerStreamTracer.Factory {
  private final AtomicInteger active = new AtomicInteger();

  int count() {
    return active.get();
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    active.incrementAndGet();
    AtomicBoolean open = new AtomicBoolean(true);
    return new ServerStreamTracer() {
      @Override
      public void streamClosed(Status status) {
        if (open.getAndSet(false)) {
          active.decrementAndGet();
        }
      }
    };
  }
}
