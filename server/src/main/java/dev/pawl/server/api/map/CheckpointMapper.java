package dev.pawl.server.api.map;

import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.CheckpointRecord.State;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepRecord;
import dev.pawl.v1.Checkpoint;
import dev.pawl.v1.StepExecution;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checkpoints as messages, each with the execution that began its work. */
final class CheckpointMapper {
  private final Map<Execution, List<Checkpoint>> found = new HashMap<>();

  private record Execution(StepKey key, int attempt) {}

  /** What was taken back is not kept, so it is not shown. */
  CheckpointMapper(List<CheckpointRecord> checkpoints) {
    for (CheckpointRecord each : checkpoints) {
      if (each.state() != State.NOT_MADE) {
        found
            .computeIfAbsent(new Execution(each.step(), each.attempt()), e -> new ArrayList<>())
            .add(checkpoint(each));
      }
    }
  }

  void add(StepRecord step, StepExecution.Builder out) {
    out.addAllCheckpoints(found.getOrDefault(new Execution(step.key(), step.attempt()), List.of()));
  }

  private static Checkpoint checkpoint(CheckpointRecord each) {
    Checkpoint.Builder out =
        Checkpoint.newBuilder()
            .setName(each.name())
            .setResultJson(JsonText.text(each.result()))
            .setStartTime(Times.timestamp(each.startedAt()));
    if (each.endedAt() != null) {
      out.setEndTime(Times.timestamp(each.endedAt()));
    }
    return out.build();
  }
}
