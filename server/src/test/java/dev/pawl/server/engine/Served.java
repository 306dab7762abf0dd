package dev.pawl.server.engine;

import com.google.protobuf.Any;
import com.google.rpc.ErrorInfo;
import dev.pawl.server.api.GrpcServer;
import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.assertj.core.api.Assertions;

/** An executor's services on loopback, and a client of them. */
final class Served implements AutoCloseable {
  final ManagedChannel channel;
  private final GrpcServer server;

  Served(TestExecutor executor) {
    server =
        GrpcServer.start(
            "127.0.0.1", 0, List.copyOf(executor.server.services()), executor.server.streams());
    channel = NettyChannelBuilder.forAddress("127.0.0.1", server.port()).usePlaintext().build();
  }

  /** Stops in good order, as a server does that is told to. */
  void drain() {
    server.drain(Duration.ofSeconds(30));
  }

  /** What a refused call says. */
  record Refusal(String message, ErrorInfo info) {}

  static Refusal refusal(Callable<?> call) {
    StatusRuntimeException thrown =
        Assertions.catchThrowableOfType(StatusRuntimeException.class, call::call);
    Assertions.assertThat(thrown).as("the call was to be refused").isNotNull();
    com.google.rpc.Status status = StatusProto.fromThrowable(thrown);
    try {
      for (Any any : status.getDetailsList()) {
        if (any.is(ErrorInfo.class)) {
          return new Refusal(status.getMessage(), any.unpack(ErrorInfo.class));
        }
      }
    } catch (com.google.protobuf.InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError(thrown + " has no details");
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.close();
  }
}
