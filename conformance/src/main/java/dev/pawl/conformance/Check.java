package dev.pawl.conformance;

/** What a model's create is asked to keep to. */
public enum Check {
  /** Created twice, it is sent once, and the second time found again. */
  ONCE("creating twice sends one request"),
  /** Deleted behind its back, it is made anew, once. */
  RECREATED("what was deleted is made again once"),
  /** Whatever a read answers that proves nothing, nothing is sent. */
  DOUBTFUL_READ("a read that fails, is forbidden or answers HTML sends nothing"),
  /** An answer lost after the object was made is resolved by the model's strategy. */
  LOST_ANSWER("a lost answer is reconciled"),
  /** A request lost before anything was made leaves one object or none. */
  LOST_REQUEST("a lost request makes no second object"),
  /** Of all who create one thing at once, one sends. */
  RACE("concurrent creates send one request");

  private final String promise;

  Check(String promise) {
    this.promise = promise;
  }

  /** What is promised, in words. */
  public String promise() {
    return promise;
  }
}
