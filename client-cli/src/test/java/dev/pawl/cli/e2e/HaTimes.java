package dev.pawl.cli.e2e;

/**
 * Patroni's patience, in seconds.
 *
 * @param ttl a leader that has not been heard of for so long has lost its place
 */
record HaTimes(int ttl, int loopWait, int retryTimeout) {
  /** As quick as Patroni's own documentation allows. */
  static final HaTimes QUICK = new HaTimes(20, 2, 8);

  /** Patroni's defaults. */
  static final HaTimes DEFAULT = new HaTimes(30, 10, 10);
}
