package dev.pawl.cli.embedded;

import dev.pawl.cli.embedded.v1.Connection;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.failure.Failures;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.model.rest.ApiDescriptor.Auth;
import io.grpc.Status;

/** The control's messages to and from what they stand for. */
final class Messages {
  private Messages() {}

  static ConnectionSettings connection(Connection message) {
    return new ConnectionSettings(
        message.getName(),
        message.getUrl(),
        message.hasAccount() ? message.getAccount() : null,
        Auth.BEARER,
        message.hasToken() ? message.getToken() : null,
        ConnectionSettings.CONNECT_TIMEOUT,
        message.getParamsMap());
  }

  static Connection connection(ConnectionSettings connection) {
    Connection.Builder message =
        Connection.newBuilder().setName(connection.name()).setUrl(connection.baseUrl());
    String token = connection.credential();
    if (token != null) {
      message.setToken(token);
    }
    message.putAllParams(connection.params());
    String account = connection.account();
    if (account != null) {
      message.setAccount(account);
    }
    return message.build();
  }

  static Status status(Exception e) {
    Failure failure = Failures.of(e);
    return Status.fromCode(Status.Code.valueOf(failure.code()))
        .withDescription(failure.message())
        .withCause(e);
  }
}
