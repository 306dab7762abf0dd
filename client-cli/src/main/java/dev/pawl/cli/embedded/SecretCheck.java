package dev.pawl.cli.embedded;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.security.MessageDigest;

/** Lets in only who could read the address file: the directory's owner, not every local user. */
final class SecretCheck implements ServerInterceptor {
  static final Metadata.Key<String> KEY =
      Metadata.Key.of("pawl-embedded-secret", Metadata.ASCII_STRING_MARSHALLER);

  private final byte[] secret;

  SecretCheck(String secret) {
    this.secret = secret.getBytes(UTF_8);
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    String given = headers.get(KEY);
    if (given != null && MessageDigest.isEqual(secret, given.getBytes(UTF_8))) {
      return next.startCall(call, headers);
    }
    call.close(Status.UNAUTHENTICATED.withDescription("another server's secret"), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
