package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import java.util.concurrent.ThreadLocalRandom;

/** StartRun with the key of one of a thousand runs that have ended. */
final class Replays implements Case {
  private static final int KNOWN = 1_000;
  private static final String WORKFLOW = "sequential-1";

  private final String keys;
  private final Runs runs;

  Replays(String keys, Runs runs) {
    this.keys = keys + "-known-";
    this.runs = runs;
  }

  @Override
  public String name() {
    return "dedup_hit";
  }

  @Override
  public int n() {
    return 0;
  }

  @Override
  public void prepare() throws Exception {
    runs.store(Workflow.sequential(WORKFLOW, 1));
    Together.run(
        KNOWN,
        (number, ended) -> runs.toTheEnd(runs.request(WORKFLOW, "{}", keys + number), ended));
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    int one = ThreadLocalRandom.current().nextInt(KNOWN);
    runs.replay(runs.request(WORKFLOW, "{}", keys + one), ended);
  }
}
