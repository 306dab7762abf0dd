package dev.pawl.cli.e2e;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** Where the API holds requests until it is told what becomes of them. */
public final class Gate {
  private static final long PATIENCE_SECONDS = 120;

  private final CompletableFuture<Boolean> goesOn = new CompletableFuture<>();
  private final AtomicInteger held = new AtomicInteger();

  /**
   * Holds the caller.
   *
   * @return whether the API goes on with the request; false: it forgets it
   */
  boolean pass() {
    held.incrementAndGet();
    try {
      return goesOn.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return false;
    }
  }

  /** How many have come so far. */
  public int held() {
    return held.get();
  }

  /** Lets those here and those who come later go on, as if nothing had been. */
  public void open() {
    goesOn.complete(true);
  }

  /** The API forgets those here and those who come later; their connections are closed. */
  public void drop() {
    goesOn.complete(false);
  }
}
