package dev.pawl.server.api;

import com.google.protobuf.MessageLite;
import dev.pawl.server.api.error.Overloaded;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets as many calls in as there is room for, and refuses the others at once; has each call's work
 * done on a thread of its own. What comes before and after that work is done by the transport's
 * threads: it never blocks, and each change of threads costs as much as all of it. Health and
 * reflection are always let in.
 */
final class AdmitCalls implements ServerInterceptor {
  private static final String OURS = "pawl.v1.";

  private final Executor threads;
  private final Room room;
  private final AtomicLong calls = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();

  /**
   * What may be under way at once.
   *
   * @param calls streams among them
   * @param bytes of their requests together
   */
  record Room(long calls, long bytes) {
    /** An eighth of the heap for requests, which are held a few times over while they are read. */
    static Room ofThisProcess() {
      return new Room(10_000, Math.max(32L << 20, Runtime.getRuntime().maxMemory() / 8));
    }
  }

  AdmitCalls(Executor threads, Room room) {
    this.threads = threads;
    this.room = room;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    ServerCall.Listener<Q> listener = next.startCall(call, headers);
    String service = call.getMethodDescriptor().getServiceName();
    return service == null || !service.startsWith(OURS) ? listener : new Admitted<>(call, listener);
  }

  /** One call; the transport tells it one thing after another. */
  private final class Admitted<Q, R> extends SimpleForwardingServerCallListener<Q> {
    private final ServerCall<Q, R> call;
    private long size = -1;
    private boolean refused;

    Admitted(ServerCall<Q, R> call, ServerCall.Listener<Q> listener) {
      super(listener);
      this.call = call;
    }

    @Override
    public void onMessage(Q message) {
      size = message instanceof MessageLite m ? m.getSerializedSize() : 0;
      boolean fits = calls.incrementAndGet() <= room.calls();
      // One that is alone is let in whatever its size.
      fits &= bytes.addAndGet(size) <= room.bytes() || calls.get() == 1;
      if (fits) {
        super.onMessage(message);
        return;
      }
      refused = true;
      release();
      StatusRuntimeException why = Overloaded.status(room.calls(), room.bytes());
      Metadata trailers = why.getTrailers();
      call.close(why.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        threads.execute(super::onHalfClose);
      }
    }

    @Override
    public void onComplete() {
      release();
      super.onComplete();
    }

    @Override
    public void onCancel() {
      release();
      super.onCancel();
    }

    private void release() {
      if (size >= 0) {
        calls.decrementAndGet();
        bytes.addAndGet(-size);
        size = -1;
      }
    }
  }
}
