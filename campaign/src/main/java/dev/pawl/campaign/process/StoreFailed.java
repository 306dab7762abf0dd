package dev.pawl.campaign.process;

/** The store could not be reached, or its answer was lost. */
public final class StoreFailed extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoreFailed(String point) {
    super("the store failed at " + point);
  }
}
