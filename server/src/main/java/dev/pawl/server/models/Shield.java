package dev.pawl.server.models;

/** Holds interrupts back while something is written. */
public interface Shield {
  /** For callers that nobody interrupts. */
  Shield NONE =
      new Shield() {
        @Override
        public <T, X extends Exception> T hold(Body<T, X> body) throws X {
          return body.run();
        }
      };

  /** Runs a body that must not be interrupted half-way. */
  <T, X extends Exception> T hold(Body<T, X> body) throws X;

  /** What must not be interrupted. */
  @FunctionalInterface
  interface Body<T, X extends Exception> {
    T run() throws X;
  }
}
