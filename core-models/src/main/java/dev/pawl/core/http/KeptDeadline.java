package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pawl.core.Refused;
import dev.pawl.model.Checkpoint;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A deadline that outlives the server. It is kept in a checkpoint, on the store's clock, so that
 * whoever goes on with the step after a crash keeps to it. A step that has failed by it begins
 * another one when it is retried: that the time was over is kept as well.
 */
final class KeptDeadline {
  private final MethodContext context;
  private final int number;
  private final Instant at;
  private final Duration leftThen;
  private final long then;

  private KeptDeadline(MethodContext context, int number, Instant at, Instant now) {
    this.context = context;
    this.number = number;
    this.at = at;
    this.leftThen = Duration.between(now, at);
    this.then = context.pacer().nanoTime();
  }

  /** The one that is under way, or a new one. */
  static KeptDeadline begin(Duration within, MethodContext context)
      throws MethodException, InterruptedException {
    Instant now = now(context);
    for (int number = 1; ; number++) {
      String at =
          context
              .checkpoint(
                  Checkpoint.rerun("deadline " + number).of(TextNode.valueOf(within.toString())),
                  () ->
                      TextNode.valueOf(now.plus(within).truncatedTo(ChronoUnit.MILLIS).toString()))
              .asText();
      KeptDeadline deadline = new KeptDeadline(context, number, Instant.parse(at), now);
      if (!deadline.isGivenUp(at)) {
        return deadline;
      }
    }
  }

  Instant at() {
    return at;
  }

  /** Not above zero once it is over. */
  Duration left() {
    return leftThen.minusNanos(context.pacer().nanoTime() - then);
  }

  /** Keeps that it was over. */
  void giveUp() throws MethodException, InterruptedException {
    context.checkpoint(givenUp(at.toString()), () -> BooleanNode.TRUE);
  }

  /** Looks without leaving a trace: work that was not done takes back that it has begun. */
  private boolean isGivenUp(String which) throws MethodException, InterruptedException {
    MethodException none = Refused.because(Reason.NOT_FOUND, "the time is not over");
    try {
      context.checkpoint(
          givenUp(which),
          () -> {
            throw none;
          });
      return true;
    } catch (MethodException e) {
      if (e != none) {
        throw e;
      }
      return false;
    }
  }

  private Checkpoint givenUp(String which) {
    return Checkpoint.rerun("deadline " + number + " is over").of(TextNode.valueOf(which));
  }

  /** The store's clock: machines' own may differ. */
  private static Instant now(MethodContext context) {
    ResourceKey nothing =
        new ResourceKey(
            context.caller().namespace(), context.modelType(), "clock", ResourceKey.STATE);
    return context.dataRepository().read(nothing).readAt();
  }
}
