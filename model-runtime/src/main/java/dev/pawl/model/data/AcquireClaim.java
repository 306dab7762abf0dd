package dev.pawl.model.data;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import java.time.Duration;
import java.util.Optional;

/**
 * Reads a row until there is something for this caller to do: waits for another holder, never runs
 * beside it.
 */
public final class AcquireClaim {
  private static final Duration FIRST_LOOK = Duration.ofMillis(25);
  private static final Duration SLOWEST_LOOK = Duration.ofMillis(500);

  private AcquireClaim() {}

  /** Makes the claim for an absent row as it was read; may look at the world first. */
  @FunctionalInterface
  public interface Wish {
    ClaimRequest of(StoredResource row) throws MethodException, InterruptedException;
  }

  /** What there is to do. */
  public sealed interface Acquired {
    /** The resource is stored. */
    record Present(StoredResource row) implements Acquired {}

    /** A send is unresolved. */
    record Doubt(StoredResource row) implements Acquired {}

    /** The row is absent and this caller may now act. */
    record Granted(Claim claim, StoredResource row) implements Acquired {}
  }

  /**
   * Waits until there is something to do.
   *
   * @throws MethodException CLAIM_HELD, naming the holder, when it did not finish in time
   */
  public static Acquired run(ResourceKey key, MethodContext context, Wish wish)
      throws MethodException, InterruptedException {
    long started = context.pacer().nanoTime();
    Duration look = FIRST_LOOK;
    while (true) {
      StoredResource row = context.dataRepository().read(key);
      switch (row.effectiveState()) {
        case PRESENT -> {
          return new Acquired.Present(row);
        }
        case IN_DOUBT -> {
          return new Acquired.Doubt(row);
        }
        case ABSENT, DELETED -> {
          Optional<ClaimAnswer> answer = ask(row, context, wish);
          if (answer.orElse(null) instanceof ClaimAnswer.Granted granted) {
            return new Acquired.Granted(granted.claim(), granted.row());
          }
          if (answer.orElse(null) instanceof ClaimAnswer.Rivalled rivalled) {
            await(key, rivalled.rival(), context, started, look);
            look = slower(look);
          }
        }
        case CLAIMED -> {
          await(key, row, context, started, look);
          look = slower(look);
        }
      }
    }
  }

  private static Optional<ClaimAnswer> ask(StoredResource row, MethodContext context, Wish wish)
      throws MethodException, InterruptedException {
    DataRepository repository = context.dataRepository();
    try {
      return Optional.of(repository.claim(wish.of(row)));
    } catch (MethodException e) {
      // What the wish has seen in the world may be the work of whoever claimed the row since.
      if (repository.read(row.key()).fencingToken() == row.fencingToken()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  /**
   * Waits a little for the holder of {@code row}: the key's own, or one that makes an object of the
   * same name.
   */
  private static void await(
      ResourceKey key, StoredResource row, MethodContext context, long started, Duration look)
      throws MethodException, InterruptedException {
    String who = holder(key, row);
    if (!row.key().equals(key) && row.state() == ResourceState.IN_DOUBT) {
      throw held(
          key + " has the natural key of " + who + ", which is in doubt; resolve that first");
    }
    Duration waited = Duration.ofNanos(context.pacer().nanoTime() - started);
    if (waited.compareTo(context.timing().claimWait()) >= 0) {
      throw held(
          key
              + " is being made by "
              + who
              + ", which has not finished after "
              + waited.toSeconds()
              + " s; run again once it has");
    }
    context.waitingFor("the claim held by " + who);
    context.pacer().pause(look);
  }

  /** Another key is nobody's business outside its namespace. */
  private static String holder(ResourceKey key, StoredResource row) {
    if (!row.key().namespace().equals(key.namespace())) {
      return "a key of another namespace";
    }
    String who = row.claim() == null ? "another caller" : row.claim().holder();
    return row.key().equals(key) ? who : row.key() + " (" + who + ")";
  }

  private static MethodException held(String message) {
    return MethodException.notMade(Failure.of(Reason.CLAIM_HELD, message));
  }

  private static Duration slower(Duration look) {
    Duration next = look.multipliedBy(3).dividedBy(2);
    return next.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : next;
  }
}
