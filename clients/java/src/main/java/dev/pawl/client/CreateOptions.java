package dev.pawl.client;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How a {@code createOrGet} behaves.
 *
 * @param lease how long the right to create lasts between renewals: 1 s to 10 min; default 30 s
 * @param claimWait how long to wait for another holder: 0 to 10 min; default 1 min
 * @param settle between the two looks that must agree that it is not there; default 2 s
 * @param fingerprint of what it would be made with, handed back to others; default empty
 * @param account of the API that it is made in; default empty
 * @param holder a readable name of the caller, for those who wait; empty: its address
 */
public record CreateOptions(
    Duration lease,
    Duration claimWait,
    Duration settle,
    String fingerprint,
    String account,
    String holder) {
  public static final CreateOptions DEFAULT =
      new CreateOptions(
          Duration.ofSeconds(30), Duration.ofMinutes(1), Duration.ofSeconds(2), "", "", "");

  public CreateOptions {
    requireNonNull(lease, "lease");
    requireNonNull(claimWait, "claimWait");
    requireNonNull(settle, "settle");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(account, "account");
    requireNonNull(holder, "holder");
  }

  public CreateOptions withLease(Duration length) {
    return new CreateOptions(length, claimWait, settle, fingerprint, account, holder);
  }

  public CreateOptions withClaimWait(Duration longest) {
    return new CreateOptions(lease, longest, settle, fingerprint, account, holder);
  }

  public CreateOptions withSettle(Duration pause) {
    return new CreateOptions(lease, claimWait, pause, fingerprint, account, holder);
  }

  public CreateOptions withFingerprint(String hash) {
    return new CreateOptions(lease, claimWait, settle, hash, account, holder);
  }

  public CreateOptions withAccount(String name) {
    return new CreateOptions(lease, claimWait, settle, fingerprint, name, holder);
  }

  public CreateOptions withHolder(String name) {
    return new CreateOptions(lease, claimWait, settle, fingerprint, account, name);
  }
}
