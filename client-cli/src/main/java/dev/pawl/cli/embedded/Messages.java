package dev.pawl.cli.embedded;

import dev.pawl.cli.embedded.v1.Connection;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.failure.Failures;
import dev.pawl.cli.hosting.ApiConnection;
import io.grpc.Status;
import java.net.URI;
import java.util.Optional;

/** The control's messages to and from what they stand for. */
final class Messages {
  private Messages() {}

  static ApiConnection connection(Connection message) {
    return new ApiConnection(
        message.getName(),
        URI.create(message.getUrl()),
        message.hasToken() ? Optional.of(message.getToken()) : Optional.empty(),
        message.hasAccount() ? Optional.of(message.getAccount()) : Optional.empty());
  }

  static Connection connection(ApiConnection connection) {
    Connection.Builder message =
        Connection.newBuilder().setName(connection.name()).setUrl(connection.url().toString());
    connection.token().ifPresent(message::setToken);
    connection.account().ifPresent(message::setAccount);
    return message.build();
  }

  static Status status(Exception e) {
    Failure failure = Failures.of(e);
    return Status.fromCode(Status.Code.valueOf(failure.code()))
        .withDescription(failure.message())
        .withCause(e);
  }
}
