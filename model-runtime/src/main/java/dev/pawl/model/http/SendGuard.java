package dev.pawl.model.http;

/** Asked after connecting and before the first byte; says whether the sender may still send. */
@FunctionalInterface
public interface SendGuard {
  /** For requests without effect. */
  SendGuard NONE = () -> true;

  boolean maySend();
}
