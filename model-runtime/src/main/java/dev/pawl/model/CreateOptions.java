package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a create treats what it finds.
 *
 * @param verify when stored state is confirmed by a read of the API
 * @param onChange what becomes of a stored resource made with other arguments
 * @param adopt what becomes of an object that existed before our send
 * @param startedAt when the run or request began, on the store's clock; a delete recorded after it
 *     is not undone unless {@code recreate}; null where unknown
 * @param recreate whether to make anew what was deleted on record after {@code startedAt}
 */
public record CreateOptions(
    Verify verify, OnChange onChange, Adopt adopt, @Nullable Instant startedAt, boolean recreate) {

  /**
   * When stored state is confirmed.
   *
   * @param olderThan only if the last confirmation is older than this; zero: always
   * @param never not at all
   */
  public record Verify(Duration olderThan, boolean never) {
    public static final Verify ALWAYS = new Verify(Duration.ZERO, false);
    public static final Verify NEVER = new Verify(Duration.ZERO, true);

    public static Verify olderThan(Duration age) {
      return new Verify(age, false);
    }
  }

  /** What becomes of a stored resource made with other arguments. */
  public enum OnChange {
    KEEP,
    FAIL,
    UPDATE,
    REPLACE
  }

  /** What becomes of an object that existed before our send. */
  public enum Adopt {
    NEVER,
    ON_CONFLICT
  }

  public static final CreateOptions DEFAULT =
      new CreateOptions(Verify.ALWAYS, OnChange.KEEP, Adopt.NEVER, null, false);

  public CreateOptions {
    requireNonNull(verify, "verify");
    requireNonNull(onChange, "onChange");
    requireNonNull(adopt, "adopt");
  }
}
