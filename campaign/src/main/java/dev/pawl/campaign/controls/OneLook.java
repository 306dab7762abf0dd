package dev.pawl.campaign.controls;

import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** The first look is believed: what is asked again so soon after gets the same answer. */
final class OneLook extends ForwardingConnection {
  private final Pacer time;
  private final Map<URI, Look> looks = new HashMap<>();

  private record Look(long at, SendOutcome outcome) {}

  OneLook(Connection api, Pacer time) {
    super(api);
    this.time = time;
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    if (!request.method().equals("GET")) {
      looks.clear();
      return api.send(request, guard);
    }
    Look before = looks.get(request.uri());
    long soon = Timing.DEFAULT.settle().plusSeconds(1).toNanos();
    if (before != null && time.nanoTime() - before.at() < soon) {
      return before.outcome();
    }
    SendOutcome outcome = api.send(request, guard);
    looks.put(request.uri(), new Look(time.nanoTime(), outcome));
    return outcome;
  }
}
