package dev.pawl.client;

/** Makes the object. */
@FunctionalInterface
public interface Create {
  /**
   * Makes it, once. Put {@link Grant#marker()} into the object and give {@link
   * Grant#requestToken()} to an API that takes idempotency keys. Send nothing once {@link
   * Grant#isHeld()} is false.
   *
   * @throws NotMadeException when it certainly was not made, as on a refused connection or a
   *     documented 4xx; never on a timeout. Any other exception leaves the resource in doubt
   */
  Made run(Grant grant) throws Exception;
}
