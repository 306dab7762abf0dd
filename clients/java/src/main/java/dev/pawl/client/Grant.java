package dev.pawl.client;

import dev.pawl.v1.ClaimGrant;
import dev.pawl.v1.Evidence;

/** The right to create, or to find out about, one resource. */
public final class Grant {
  private final ClaimGrant granted;
  private final Lease lease;

  Grant(ClaimGrant granted, Lease lease) {
    this.granted = granted;
    this.lease = lease;
  }

  /** A stable name for this coming into being: put it into the object, to find it again. */
  public String marker() {
    return granted.getMarker();
  }

  /** A stable idempotency key for this send. */
  public String requestToken() {
    return granted.getRequestToken();
  }

  /** Rises with each grant of the key; for systems that can fence. */
  public long fencingToken() {
    return granted.getFencingToken();
  }

  /** Which coming into being this would be, from 1. */
  public long incarnation() {
    return granted.getIncarnation();
  }

  /** Which send of it this would be, from 1; for a probe, the one in doubt. */
  public int sendNumber() {
    return granted.getSendNumber();
  }

  /** For a probe: what is known of the send in doubt; else the default instance. */
  public Evidence evidence() {
    return granted.getEvidence();
  }

  /** Whether the lease lasts, by this machine's own clock; once false, it stays so. */
  public boolean isHeld() {
    return lease.isHeld();
  }

  ClaimGrant granted() {
    return granted;
  }

  Lease lease() {
    return lease;
  }
}
