package dev.pawl.model.rest;

import dev.pawl.model.ResourceKey;

/** The marks of creates that a client runs itself: the same as a generated create would use. */
public final class ClientMarks {
  private ClientMarks() {}

  /** Stable for every send of one incarnation: {@code pawl-} and 26 base32 characters. */
  public static String marker(String installationId, ResourceKey key, long incarnation) {
    return Markers.marker(installationId, key, incarnation);
  }

  /**
   * Stable for one send. What the client will send is not known here, so the number alone tells
   * sends apart; while one is in doubt its body must not change.
   */
  public static String requestToken(String marker, int sendNumber) {
    return Markers.requestToken(marker, sendNumber, "");
  }
}
