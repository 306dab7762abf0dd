package dev.pawl.server.api;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import io.grpc.BindableService;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** A server on loopback and a client of it. */
final class Wire implements AutoCloseable {
  final GrpcServer server;
  final ManagedChannel channel;

  Wire(BindableService... services) {
    this(new OpenStreams(), services);
  }

  Wire(OpenStreams streams, BindableService... services) {
    this(streams, AdmitCalls.Room.ofThisProcess(), services);
  }

  Wire(OpenStreams streams, AdmitCalls.Room room, BindableService... services) {
    server = GrpcServer.start("127.0.0.1", 0, List.of(services), streams, room);
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** What a refused call says. */
  record Refusal(com.google.rpc.Status status, ErrorInfo info, BadRequest fields) {
    String code() {
      return com.google.rpc.Code.forNumber(status.getCode()).name();
    }
  }

  static Refusal refusal(Callable<?> call) {
    StatusRuntimeException thrown =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, call::call);
    Assertions.assertThat(thrown).as("the call was to be refused").isNotNull();
    return refusal(thrown);
  }

  static Refusal refusal(Throwable thrown) {
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    Assertions.assertThat(status).as("%s has no details", thrown).isNotNull();
    return new Refusal(
        status,
        detail(status, ErrorInfo.class, ErrorInfo.getDefaultInstance()),
        detail(status, BadRequest.class, BadRequest.getDefaultInstance()));
  }

  private static <M extends com.google.protobuf.Message> M detail(
      com.google.rpc.Status status, Class<M> type, M none) {
    try {
      for (Any any : status.getDetailsList()) {
        if (any.is(type)) {
          return any.unpack(type);
        }
      }
      return none;
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
