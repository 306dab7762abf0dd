package dev.pawl.campaign.controls;

import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.Connection;
import dev.pawl.model.http.SendGuard;
import dev.pawl.model.http.SendOutcome;

/** Nobody asks whether the sender may still send. */
final class NoGuard extends ForwardingConnection {
  NoGuard(Connection api) {
    super(api);
  }

  @Override
  public SendOutcome send(ApiRequest request, SendGuard guard) throws InterruptedException {
    return api.send(request, SendGuard.NONE);
  }
}
