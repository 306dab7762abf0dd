package dev.pawl.campaign;

import dev.pawl.campaign.process.Trouble;
import dev.pawl.campaign.process.Trouble.Kind;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every place of a workflow under one strategy and fault, with every trouble that can strike there.
 */
public final class Exhaustive {
  /** Wakes before, during and after what its successor does. */
  private static final List<Integer> WAKES = List.of(1, 4, 9, 16, 30, Integer.MAX_VALUE);

  private final Strategy strategy;
  private final Fault fault;
  private final Control control;
  private final Consumer<Result> tell;

  public Exhaustive(Strategy strategy, Fault fault, Control control, Consumer<Result> tell) {
    this.strategy = strategy;
    this.fault = fault;
    this.control = control;
    this.tell = tell;
  }

  /** Dies at each event, the n-th for every n of {@code every}. */
  public void deaths(int every) {
    for (int event = 1; try1(Trouble.dies(1, event)); event += every) {}
  }

  /** Dies at each event, and its successor at each event until the interrupted step is done. */
  public void doubleDeaths(int every) {
    for (int first = 1; ; first += every) {
      Result single = run(List.of(Trouble.dies(1, first)));
      if (single.events(1) < first) {
        return;
      }
      int last = single.lives().firstAt(2, "step written");
      for (int second = 1; second <= Math.max(last, 1); second += every) {
        Result twice = run(List.of(Trouble.dies(1, first), Trouble.dies(2, second)));
        if (twice.events(2) < second) {
          break;
        }
        tell.accept(twice);
      }
    }
  }

  /** Is stopped, or its machine suspended, at each event, and wakes beside its successor. */
  public void stops(int every) {
    if (!fault.standsAlone()) {
      stops(every, WAKES);
    }
  }

  /**
   * As {@link #stops(int)}, waking at these events of its successor only.
   *
   * @param wakes from 1; beyond the last one: when the successor has ended
   */
  public void stops(int every, List<Integer> wakes) {
    for (Kind kind : List.of(Kind.STOPS, Kind.SUSPENDED)) {
      for (int wake : wakes) {
        for (int event = 1; try1(new Trouble(1, event, kind, wake)); event += every) {}
      }
    }
  }

  /** The store fails, the caller is cancelled, or somebody deletes, at each event. */
  public void others(int every) {
    for (Kind kind : List.of(Kind.STORE_FAILS, Kind.CANCELLED)) {
      for (int event = 1; try1(new Trouble(1, event, kind, 0)); event += every) {}
    }
    for (int step = 1; step <= World.STEPS.size(); step += 2) {
      for (int event = 1; try1(new Trouble(1, event, Kind.DELETES, step)); event += every) {}
    }
  }

  private boolean try1(Trouble trouble) {
    Result result = run(List.of(trouble));
    if (result.events(1) < trouble.event()) {
      return false;
    }
    tell.accept(result);
    return true;
  }

  private Result run(List<Trouble> troubles) {
    return World.run(Case.of(strategy, fault, troubles), control);
  }
}
