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
          Optional<Acquired> granted = ask(row, context, wish);
          if (granted.isPresent()) {
            return granted.get();
          }
        }
        case CLAIMED -> {
          await(row, context, started, look);
          look = slower(look);
        }
      }
    }
  }

  private static Optional<Acquired> ask(StoredResource row, MethodContext context, Wish wish)
      throws MethodException, InterruptedException {
    DataRepository repository = context.dataRepository();
    try {
      return repository.claim(wish.of(row)) instanceof ClaimAnswer.Granted granted
          ? Optional.of(new Acquired.Granted(granted.claim(), granted.row()))
          : Optional.empty();
    } catch (MethodException e) {
      // What the wish has seen in the world may be the work of whoever claimed the row since.
      if (repository.read(row.key()).fencingToken() == row.fencingToken()) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private static void await(StoredResource row, MethodContext context, long started, Duration look)
      throws MethodException, InterruptedException {
    String holder = row.claim() == null ? "another caller" : row.claim().holder();
    Duration waited = Duration.ofNanos(context.pacer().nanoTime() - started);
    if (waited.compareTo(context.timing().claimWait()) >= 0) {
      throw MethodException.notMade(
          Failure.of(
              Reason.CLAIM_HELD,
              row.key()
                  + " is being made by "
                  + holder
                  + ", which has not finished after "
                  + waited.toSeconds()
                  + " s; run again once it has"));
    }
    context.waitingFor("the claim held by " + holder);
    context.pacer().pause(look);
  }

  private static Duration slower(Duration look) {
    Duration next = look.multipliedBy(3).dividedBy(2);
    return next.compareTo(SLOWEST_LOOK) > 0 ? SLOWEST_LOOK : next;
  }
}
