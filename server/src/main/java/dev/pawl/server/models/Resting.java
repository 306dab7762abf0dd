package dev.pawl.server.models;

import dev.pawl.model.Failure;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import java.time.Duration;

/**
 * A method of a step gives its turn back: nothing of it is held, and it is called again after the
 * pause. Whoever takes it for a failure is told that the effect is unknown, which is never wrong.
 */
public final class Resting extends MethodException {
  private static final long serialVersionUID = 1;

  private final Duration pause;

  Resting(Duration pause, String waitingFor) {
    super(Failure.of(Reason.UNAVAILABLE, waitingFor), Effect.UNKNOWN, null);
    this.pause = pause;
  }

  public Duration pause() {
    return pause;
  }

  /** In words, for whoever follows the run. */
  public String waitingFor() {
    return failure().message();
  }
}
