package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import java.util.LinkedHashSet;
import java.util.List;

/** Operations of several cases in turn. */
record Mix(List<Case> cases) implements Case {
  @Override
  public String name() {
    return "mix";
  }

  @Override
  public int n() {
    return 0;
  }

  @Override
  public void prepare() throws Exception {
    // Some are there more than once.
    for (Case each : new LinkedHashSet<>(cases)) {
      each.prepare();
    }
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    cases.get((int) (number % cases.size())).start(number, ended);
  }
}
