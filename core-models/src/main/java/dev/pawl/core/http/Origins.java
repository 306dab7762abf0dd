package dev.pawl.core.http;

import dev.pawl.core.Refused;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import org.jspecify.annotations.Nullable;

/** Keeps what was sent to one server from being judged by what another says. */
final class Origins {
  private Origins() {}

  /**
   * Refuses another server.
   *
   * @throws MethodException ACCOUNT_MISMATCH
   */
  static void require(ResourceKey key, @Nullable String account, HttpCall call)
      throws MethodException {
    String now = call.address().origin();
    if (account != null && !account.equals(now)) {
      throw Refused.because(
          Reason.ACCOUNT_MISMATCH,
          key + " was sent to " + account + ", not to " + now + "; choose another instance");
    }
  }
}
