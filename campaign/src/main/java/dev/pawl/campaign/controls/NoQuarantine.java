package dev.pawl.campaign.controls;

import dev.pawl.model.data.ClaimAnswer;
import dev.pawl.model.data.ClaimRequest;
import dev.pawl.model.data.DataRepository;
import java.time.Duration;

/** Every quarantine is over at once. */
final class NoQuarantine extends ForwardingRepository {
  NoQuarantine(DataRepository store) {
    super(store);
  }

  @Override
  public ClaimAnswer claim(ClaimRequest request) {
    return store.claim(
        new ClaimRequest(
            request.read(),
            request.mode(),
            request.holder(),
            request.lease(),
            Duration.ZERO,
            Duration.ZERO,
            request.fingerprint(),
            request.intent()));
  }
}
