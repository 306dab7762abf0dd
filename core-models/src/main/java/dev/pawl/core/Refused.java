package dev.pawl.core;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;

/** Failures before anything was done. */
public final class Refused {
  private Refused() {}

  /** Arguments that fit the schema and still cannot be used. */
  public static MethodException arguments(String message) {
    return because(Reason.INVALID_ARGUMENTS, message);
  }

  /** Nothing was done, for this reason. */
  public static MethodException because(Reason reason, String message) {
    return MethodException.notMade(Failure.of(reason, message));
  }

  /** A method that the descriptor does not list; the server never asks for one. */
  public static IllegalArgumentException method(String type, String method) {
    return new IllegalArgumentException(type + " has no method " + method);
  }
}
