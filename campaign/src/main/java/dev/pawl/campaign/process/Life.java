package dev.pawl.campaign.process;

import dev.pawl.model.Pacer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One process: counts what it does, and lets its troubles happen. */
public final class Life implements Pacer {
  private static final int MAX_EVENTS = 20_000;
  private static final Duration PER_EVENT = Duration.ofMillis(1);

  private final Lives lives;
  private final int number;
  private final List<Trouble> troubles;
  private Processes.@Nullable Process self;
  private int events;
  private boolean dead;
  private @Nullable Trouble stopped;
  private final Map<Trouble, String> struck = new LinkedHashMap<>();
  private long behind;

  Life(Lives lives, int number, List<Trouble> troubles) {
    this.lives = lives;
    this.number = number;
    this.troubles = troubles;
  }

  /** From 1, in order of start. */
  public int number() {
    return number;
  }

  /** How many events it had. */
  public int events() {
    return events;
  }

  /** Its troubles that have happened, and where. */
  public Map<Trouble, String> struck() {
    return Map.copyOf(struck);
  }

  void begin(Processes.Process process) {
    self = process;
  }

  /** By how much its own clock is behind the truth. */
  long behind() {
    return behind;
  }

  /** Nothing more is done once it is dead. */
  void mustLive() {
    if (dead) {
      throw new Death();
    }
  }

  /** A place where it may die or be stopped. */
  public void event(String point) {
    if (passes(point) == Trouble.Kind.STORE_FAILS) {
      throw new StoreFailed(point);
    }
  }

  /** A place where it may be cancelled too, and where no store can fail. */
  void cancellable(String point) throws InterruptedException {
    if (passes(point) == Trouble.Kind.CANCELLED) {
      throw new InterruptedException("cancelled at " + point);
    }
  }

  private Trouble.@Nullable Kind passes(String point) {
    mustLive();
    if (++events > MAX_EVENTS) {
      throw new IllegalStateException("no end after " + MAX_EVENTS + " events, at " + point);
    }
    lives.trace(this, point);
    lives.wakePredecessor(this);
    process().pause(PER_EVENT);
    Trouble.Kind last = null;
    for (Trouble trouble : troubles) {
      if (trouble.event() == events) {
        struck.put(trouble, point);
        last = trouble.kind();
        strike(trouble);
      }
    }
    return last;
  }

  private void strike(Trouble trouble) {
    switch (trouble.kind()) {
      case DIES -> {
        dead = true;
        throw new Death();
      }
      case STOPS, SUSPENDED -> {
        long before = lives.processes().time().nanoTime();
        lives.succeed(this);
        stopped = trouble;
        process().stop();
        stopped = null;
        if (trouble.kind() == Trouble.Kind.SUSPENDED) {
          behind += lives.processes().time().nanoTime() - before;
        }
      }
      case DELETES -> lives.deletes(trouble.until());
      case STORE_FAILS, CANCELLED -> {}
    }
  }

  void wakeIfUntil(int event) {
    if (stopped != null && stopped.until() == event) {
      process().wake();
    }
  }

  private Processes.Process process() {
    if (self == null) {
      throw new IllegalStateException("process " + number + " has not begun");
    }
    return self;
  }

  @Override
  public long nanoTime() {
    return lives.processes().time().nanoTime() - behind;
  }

  @Override
  public void pause(Duration time) throws InterruptedException {
    mustLive();
    process().pause(time);
  }

  /** As {@link #pause}, for what cannot be cancelled. */
  void takes(Duration time) {
    process().pause(time);
  }
}
