package dev.pawl.server.engine;

import dev.pawl.server.language.Iteration;
import dev.pawl.server.run.StepRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * Runs a forEach: so many iterations at once, in order, each in a task of its own. One that waits
 * keeps its place and no thread.
 */
final class RunIterations {
  private final List<Iteration> items;
  private final int atOnce;
  private final Activity activity;
  private final Function<Iteration, CompletionStage<StepRecord>> run;
  private final BooleanSupplier stopped;
  private final List<CompletableFuture<StepRecord>> begun = new ArrayList<>();
  private final CompletableFuture<List<StepRecord>> all = new CompletableFuture<>();
  private int open;

  /**
   * @param atOnce 0: all
   * @param stopped whether no further one begins
   */
  RunIterations(
      List<Iteration> items,
      int atOnce,
      Activity activity,
      Function<Iteration, CompletionStage<StepRecord>> run,
      BooleanSupplier stopped) {
    this.items = items;
    this.atOnce = atOnce == 0 ? Integer.MAX_VALUE : atOnce;
    this.activity = activity;
    this.run = run;
    this.stopped = stopped;
  }

  /** The ends of those that began, in order, once they have all ended. */
  CompletionStage<List<StepRecord>> start() {
    advance();
    return all;
  }

  private void advance() {
    boolean done = false;
    boolean more = true;
    while (more && !done) {
      Iteration next = null;
      CompletableFuture<StepRecord> end = new CompletableFuture<>();
      synchronized (this) {
        more = begun.size() < items.size() && !stopped.getAsBoolean();
        done = open == 0 && !more && !(activity.isHandingOver() && begun.size() < items.size());
        more &= open < atOnce && !activity.isHandingOver();
        if (more) {
          next = items.get(begun.size());
          begun.add(end);
          open++;
        }
      }
      if (next != null) {
        begin(next, end);
      }
    }
    if (done) {
      all.complete(begun.stream().map(CompletableFuture::join).toList());
    }
  }

  private void begin(Iteration item, CompletableFuture<StepRecord> end) {
    activity.execute(
        () ->
            run.apply(item)
                .thenAccept(
                    record -> {
                      end.complete(record);
                      synchronized (this) {
                        open--;
                      }
                      advance();
                    }));
  }
}
