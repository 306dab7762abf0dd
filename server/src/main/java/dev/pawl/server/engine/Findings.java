package dev.pawl.server.engine;

/** Takes what a long search finds, one by one, as fast as whoever asked takes it. */
@FunctionalInterface
public interface Findings<T> {
  /**
   * Takes one.
   *
   * @throws InterruptedException when nobody listens any more
   */
  void found(T finding) throws InterruptedException;
}
