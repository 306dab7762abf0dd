package dev.pawl.model;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A method failed for a reason that its caller can act on. Inside {@link MethodContext#createOrGet}
 * and {@code idempotent} methods, {@link #notMade} says that the effect did not happen; every other
 * way out of such a body leaves it in doubt.
 */
public class MethodException extends Exception {
  private static final long serialVersionUID = 1;

  /** Whether the effect can have happened. */
  public enum Effect {
    /** It did not: the same thing may be asked again. */
    NOT_MADE,
    /** It may have: someone has to find out first. */
    UNKNOWN
  }

  private final transient Failure failure;
  private final Effect effect;

  public MethodException(Failure failure, Effect effect, @Nullable Throwable cause) {
    super(failure.message(), cause);
    this.failure = requireNonNull(failure);
    this.effect = requireNonNull(effect);
  }

  /** The effect did not happen. */
  public static MethodException notMade(Failure failure) {
    return new MethodException(failure, Effect.NOT_MADE, null);
  }

  /** The effect may have happened. */
  public static MethodException unknown(Failure failure) {
    return new MethodException(failure, Effect.UNKNOWN, null);
  }

  public Failure failure() {
    return failure;
  }

  public Effect effect() {
    return effect;
  }
}
