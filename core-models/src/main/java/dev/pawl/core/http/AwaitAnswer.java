package dev.pawl.core.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.core.Durations;
import dev.pawl.core.Refused;
import dev.pawl.model.Failure;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Reason;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Reads again and again until the answer is the wanted one, or the time is over. */
final class AwaitAnswer {
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration RARELY = Duration.ofHours(1);
  private static final Duration WITHIN = Duration.ofMinutes(10);
  private static final Duration LONGEST = Duration.ofDays(7);

  /** Refusals that may pass; 404: what is awaited may not be there yet. */
  private static final Set<Integer> PASSING = Set.of(404, 408, 409, 423, 425, 429);

  private final HttpCall call;
  private final WantedAnswer wanted;
  private final Duration every;
  private final Duration within;
  private final Transport transport;
  private final MethodContext context;

  /**
   * Reads the arguments.
   *
   * @throws MethodException INVALID_ARGUMENTS
   */
  AwaitAnswer(ObjectNode arguments, Transport transport, MethodContext context)
      throws MethodException {
    this.call = ParseCall.run(arguments, context.timing().readTimeout());
    this.wanted = WantedAnswer.of(arguments, call.secrets());
    this.every = Durations.of(arguments, "every", EVERY, RARELY);
    this.within = Durations.of(arguments, "within", WITHIN, LONGEST);
    if (every.compareTo(SHORTEST) < 0) {
      throw Refused.arguments("every is " + every.toMillis() + "ms; it must be at least 1s");
    }
    this.transport = transport;
    this.context = context;
  }

  /** What a request has come to when its answer is not the wanted one. */
  private record NotYet(String why, Duration pause) {}

  MethodResult run() throws MethodException, InterruptedException {
    KeptDeadline deadline = KeptDeadline.begin(within, context);
    while (true) {
      NotYet last;
      try {
        MethodResult answer = new ReadRequest(call, transport).run();
        Optional<String> differs = wanted.differs(answer.output());
        if (differs.isEmpty()) {
          return answer;
        }
        last = new NotYet(differs.get(), every);
      } catch (MethodException e) {
        last = unlessFinal(e);
      }
      Duration left = deadline.left();
      if (left.isZero() || left.isNegative()) {
        deadline.giveUp();
        throw tooLate(last);
      }
      context.rest(
          last.pause().compareTo(left) < 0 ? last.pause() : left,
          "%s, until %s; not yet: %s".formatted(wanted.words(), deadline.at(), last.why()));
    }
  }

  private NotYet unlessFinal(MethodException e) throws MethodException {
    Failure failure = e.failure();
    int status = failure.httpStatus();
    boolean passes =
        status == 0
            ? failure.reason() == Reason.UNREACHABLE || failure.reason() == Reason.UNAVAILABLE
            : PASSING.contains(status) || status >= 500 || status / 100 == 2;
    if (!passes) {
      throw e;
    }
    Duration asked = failure.retryAfter();
    return new NotYet(
        failure.message(), asked != null && asked.compareTo(every) > 0 ? asked : every);
  }

  private MethodException tooLate(NotYet last) {
    return Refused.because(
        Reason.DEADLINE,
        "%s was not so within %d s; the last time: %s"
            .formatted(wanted.words(), within.toSeconds(), last.why()));
  }
}
