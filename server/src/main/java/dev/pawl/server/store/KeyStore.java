package dev.pawl.server.store;

import java.util.Optional;

/**
 * Idempotency keys. They are taken by the writes they stand for, in the same transaction: a key
 * without its work, or the work without its key, can't be seen after any crash.
 */
public interface KeyStore {

  /** What a key of a namespace stands for; empty when nothing yet. */
  Optional<KnownKey> find(String namespace, Idempotency key);

  /**
   * Shrinks keys past their retention to tombstones, which are kept for ever: request and answer
   * go, what the key was used for stays.
   *
   * @param limit at most so many
   * @return how many there were
   */
  int shrink(int limit);
}
