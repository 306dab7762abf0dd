package dev.pawl.load.cases;

import dev.pawl.load.Operation;

/** A claim of what nobody has made, and its completion. */
record ClaimMisses(String keys, Claims claims) implements Case {
  @Override
  public String name() {
    return "createorget_miss";
  }

  @Override
  public int n() {
    return 0;
  }

  @Override
  public void prepare() {
    // Nothing may be there.
  }

  @Override
  public void start(long number, Operation.Ended ended) {
    claims.miss(keys + "-" + number, ended);
  }
}
