package dev.pawl.server.api;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Who calls: until there is authentication, the caller's address. */
final class Requester implements ServerInterceptor {
  private static final Context.Key<String> CALLER =
      Context.keyWithDefault("pawl-requester", "an unknown caller");

  /** Of the call that this thread serves. */
  static String current() {
    return CALLER.get();
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    if (address == null) {
      return next.startCall(call, headers);
    }
    Context known = Context.current().withValue(CALLER, text(address));
    return Contexts.interceptCall(known, call, headers, next);
  }

  private static String text(SocketAddress address) {
    return address instanceof InetSocketAddress ip
        ? ip.getHostString() + ":" + ip.getPort()
        : address.toString();
  }
}
