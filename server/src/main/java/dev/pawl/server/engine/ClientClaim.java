package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.data.Claim;
import java.time.Instant;

/**
 * A claim as a client carries it between its calls.
 *
 * @param claim the right
 * @param account the API's account that it goes to; empty for none
 * @param fingerprint what the create is made with, in the client's words; may be empty
 * @param absenceProvableAt before this an Abandon proves nothing; the epoch for CREATE
 */
record ClientClaim(Claim claim, String account, String fingerprint, Instant absenceProvableAt) {
  ClientClaim {
    requireNonNull(claim, "claim");
    requireNonNull(account, "account");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(absenceProvableAt, "absenceProvableAt");
  }
}
