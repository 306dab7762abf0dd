package dev.pawl.server.api.map;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import dev.pawl.v1.Approval;
import dev.pawl.v1.ApprovalDecision;
import dev.pawl.v1.StepExecution;
import java.util.List;
import java.util.Map;

/** Step executions as messages, with what they wait for or waited for. */
final class WaitMapper {
  private record Id(int attempt, StepKey key) {}

  private final Map<Id, Waiting> waits;

  WaitMapper(List<Waiting> waits) {
    this.waits = waits.stream().collect(toMap(w -> new Id(w.attempt(), w.step()), identity()));
  }

  void add(StepRecord step, StepExecution.Builder out) {
    Waiting wait = waits.get(new Id(step.attempt(), step.key()));
    if (wait == null) {
      return;
    }
    switch (wait.kind()) {
      case TIME, AGAIN -> {}
      case APPROVAL -> out.setApproval(approval(wait));
      case CHILD -> out.setChildRunId(String.valueOf(wait.childRunId()));
    }
  }

  private static Approval approval(Waiting wait) {
    Approval.Builder out = Approval.newBuilder().setPrompt(wait.prompt());
    Waiting.Answer answer = wait.answer();
    if (answer != null) {
      out.setDecision(
              switch (answer.decision()) {
                case APPROVED -> ApprovalDecision.APPROVAL_DECISION_APPROVED;
                case REJECTED -> ApprovalDecision.APPROVAL_DECISION_REJECTED;
              })
          .setDecidedBy(answer.by())
          .setComment(answer.comment())
          .setDecideTime(Times.timestamp(answer.at()));
    }
    return out.build();
  }
}
