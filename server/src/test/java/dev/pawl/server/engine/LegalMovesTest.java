package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Json;
import dev.pawl.model.Outcome;
import dev.pawl.server.run.AttemptReason;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepError;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.workflow.CreatePolicy;
import dev.pawl.server.workflow.Retry;
import dev.pawl.server.workflow.StepDefinition;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The illegal move is refused where it is made. */
class LegalMovesTest {
  private static final StepError ERROR =
      new StepError("INTERNAL", "INTERNAL", "no", null, 0, List.of());

  private static final Map<StepStatus, UnaryOperator<StepDraft>> TO =
      Map.of(
          StepStatus.RUNNING, d -> d.running(1),
          StepStatus.WAITING, d -> d.suspended("a time"),
          StepStatus.SUCCEEDED, d -> d.succeeded(Outcome.EXECUTED, NullNode.getInstance()),
          StepStatus.FAILED, d -> d.failed(ERROR),
          StepStatus.CANCELLED, d -> d.ended(StepStatus.CANCELLED),
          StepStatus.NOT_RUN, d -> d.ended(StepStatus.NOT_RUN));

  private static RunRecord run(RunStatus status) {
    return new RunRecord(
        new RunKey("default", "r"),
        "w",
        0,
        "",
        "",
        Json.object(),
        status,
        null,
        null,
        1,
        1,
        null,
        0,
        "none",
        5,
        null,
        "",
        null,
        1,
        Instant.EPOCH,
        null,
        null,
        null,
        null);
  }

  private static StepDraft blank() {
    StepDefinition step =
        new StepDefinition(
            "a",
            null,
            "test/thing",
            "act",
            null,
            Json.object(),
            false,
            new LinkedHashSet<>(),
            new LinkedHashSet<>(),
            null,
            null,
            Retry.NONE,
            null,
            new LinkedHashSet<>(),
            false,
            false,
            CreatePolicy.DEFAULT,
            Map.of());
    return StepDraft.of(run(RunStatus.RUNNING), step, StepKey.of("a"), 0);
  }

  private static StepDraft in(StepStatus status) {
    return TO.getOrDefault(status, UnaryOperator.identity()).apply(blank());
  }

  @Test
  void stepsMoveOnlyAsTheirLifeCycleSays() {
    for (StepStatus from :
        List.of(
            StepStatus.PENDING,
            StepStatus.RUNNING,
            StepStatus.WAITING,
            StepStatus.SUCCEEDED,
            StepStatus.FAILED,
            StepStatus.CANCELLED,
            StepStatus.NOT_RUN)) {
      TO.forEach(
          (to, move) -> {
            if (from.next().contains(to)) {
              assertThat(move.apply(in(from)).record().status()).isEqualTo(to);
            } else if (from != to) {
              assertThatThrownBy(() -> move.apply(in(from)))
                  .as(from + " to " + to)
                  .isInstanceOf(IllegalStateException.class)
                  .hasMessageContaining("can't become " + to);
            }
          });
    }
  }

  @Test
  void aFurtherAttemptBeginsOnlyWhereItMay() {
    for (RunStatus status : RunStatus.values()) {
      assertBegins(status, AttemptReason.START, false);
      assertBegins(status, AttemptReason.RETRY, status.isRetryable());
      assertBegins(status, AttemptReason.RECOVERY, status == RunStatus.RUNNING);
    }
  }

  private static void assertBegins(RunStatus status, AttemptReason reason, boolean may) {
    if (may) {
      assertThat(attempt(status, reason).reason()).isEqualTo(reason);
    } else {
      assertThatThrownBy(() -> attempt(status, reason))
          .as(status + " " + reason)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static NewAttempt attempt(RunStatus status, AttemptReason reason) {
    return new NewAttempt(run(status), reason, "t", null, null, null, null, null);
  }
}
