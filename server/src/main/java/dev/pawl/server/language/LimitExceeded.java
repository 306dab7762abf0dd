package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

/** Something is larger than Pawl takes. */
public final class LimitExceeded extends RuntimeException {
  private final String limit;

  /**
   * @param limit the limit's name, such as {@code workflow file size}
   * @param message the offender, the limit's value and the way out
   */
  public LimitExceeded(String limit, String message) {
    super(message);
    this.limit = requireNonNull(limit, "limit");
  }

  public String limit() {
    return limit;
  }
}
