package dev.pawl.campaign.controls;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Whatever a read of one cannot tell counts as the API's own 404. */
final class UnknownIsAbsent extends ForwardingConnection {
  UnknownIsAbsent(Connection api) {
    super(api);
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    SendOutcome outcome = api.send(request, guard);
    boolean told =
        outcome instanceof SendOutcome.Answered answered && answered.response().isSuccess();
    if (!request.method().equals("GET") || told) {
      return outcome;
    }
    return new SendOutcome.Answered(
        new ApiResponse(
            404,
            Map.of("content-type", "application/json"),
            "{}".getBytes(StandardCharsets.UTF_8)));
  }
}
