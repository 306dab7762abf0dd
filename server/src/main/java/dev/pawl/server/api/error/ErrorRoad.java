package dev.pawl.server.api.error;

import com.google.protobuf.MessageLite;
import dev.pawl.model.Reason;
import dev.pawl.server.failure.ServerFailure;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;

/** Refuses what is too large, and catches what a service did not answer by itself. */
public final class ErrorRoad implements ServerInterceptor {
  /** The largest request, in bytes. */
  public static final int MAX_REQUEST = 4 << 20;

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    OnceClosed<Q, R> guarded = new OnceClosed<>(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(guarded, headers)) {
      @Override
      public void onMessage(Q message) {
        int size = message instanceof MessageLite m ? m.getSerializedSize() : 0;
        if (size > MAX_REQUEST) {
          guarded.refuse(tooLarge(size));
        } else if (!guarded.isRefused()) {
          super.onMessage(message);
        }
      }

      @Override
      public void onHalfClose() {
        if (guarded.isRefused()) {
          return;
        }
        try {
          super.onHalfClose();
        } catch (RuntimeException e) {
          guarded.refuse(e);
        }
      }
    };
  }

  private static ServerFailure tooLarge(int size) {
    return ServerFailure.of(
            Reason.Code.RESOURCE_EXHAUSTED,
            Reason.LIMIT_EXCEEDED.name(),
            "the request has " + size + " bytes, over the limit of " + MAX_REQUEST + " (4 MiB)")
        .with(Map.of("limit", "request size " + MAX_REQUEST, "actual", Integer.toString(size)));
  }

  private static final class OnceClosed<Q, R> extends SimpleForwardingServerCall<Q, R> {
    private boolean refused;
    private boolean closed;

    OnceClosed(ServerCall<Q, R> call) {
      super(call);
    }

    boolean isRefused() {
      return refused;
    }

    void refuse(RuntimeException why) {
      refused = true;
      String name = getMethodDescriptor().getBareMethodName();
      StatusRuntimeException status = ToStatus.of(name == null ? "a call" : name, why);
      Metadata trailers = status.getTrailers();
      close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }

    @Override
    public synchronized void close(Status status, Metadata trailers) {
      if (!closed) {
        closed = true;
        super.close(status, trailers);
      }
    }
  }
}
