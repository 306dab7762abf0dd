package dev.pawl.load.cases;

import dev.pawl.load.Operation;

/** What is measured. */
public interface Case extends Operation {
  /** As results call it; what peers can do as well has their name. */
  String name();

  /** Steps of one operation; 0 where nothing is done anew. */
  int n();

  /** Makes what the operations need to be there. */
  void prepare() throws Exception;
}
