package dev.pawl.campaign.controls;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.util.HashMap;
import java.util.Map;

/** Every send goes out under a token of its own. */
final class NewTokens extends ForwardingConnection {
  private int sends;

  NewTokens(Connection api) {
    super(api);
  }

  @Override
  @SuppressWarnings("NullAway") // it reads no @Nullable of an array from a class file
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    Map<String, String> headers = new HashMap<>(request.headers());
    int number = ++sends;
    headers.computeIfPresent("Idempotency-Key", (name, token) -> token + "-" + number);
    return api.send(
        new ApiRequest(request.method(), request.uri(), headers, request.body(), request.timeout()),
        guard);
  }
}
