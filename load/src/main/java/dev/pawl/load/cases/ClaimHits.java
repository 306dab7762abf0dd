package dev.pawl.load.cases;

import dev.pawl.load.Operation;
import java.util.concurrent.ThreadLocalRandom;

/** A claim of one of a thousand things that exist. */
record ClaimHits(String keys, Claims claims) implements Case {
  private static final int KNOWN = 1_000;

  @Override
  public String name() {
    return "createorget_hit";
  }

  @Override
  public int n() {
    return 0;
  }

  @Override
  public void prepare() throws Exception {
    Together.run(KNOWN, (number, ended) -> claims.miss(instance(number), ended));
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    claims.hit(instance(ThreadLocalRandom.current().nextLong(KNOWN)), ended);
  }

  private String instance(long number) {
    return keys + "-known-" + number;
  }
}
