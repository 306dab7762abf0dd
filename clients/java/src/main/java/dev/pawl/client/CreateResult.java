package dev.pawl.client;

import static java.util.Objects.requireNonNull;

import dev.pawl.v1.Data;

/**
 * The resource.
 *
 * @param data as stored
 * @param outcome how it came about
 */
public record CreateResult(Data data, Outcome outcome) {
  /** How it came about. */
  public enum Outcome {
    /** This call made it. */
    CREATED,
    /** This call found what an earlier send had made. */
    ADOPTED,
    /** It was stored already. */
    REUSED
  }

  public CreateResult {
    requireNonNull(data, "data");
    requireNonNull(outcome, "outcome");
  }

  /** Its attributes. */
  public String dataJson() {
    return data.getDataJson();
  }
}
