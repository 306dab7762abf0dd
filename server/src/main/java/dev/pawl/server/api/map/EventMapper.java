package dev.pawl.server.api.map;

import static java.util.Objects.requireNonNull;

import dev.pawl.server.run.RunEvent;
import dev.pawl.v1.LogLevel;
import dev.pawl.v1.LogLine;
import dev.pawl.v1.LoggedLine;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunChanged;
import dev.pawl.v1.StepChanged;
import dev.pawl.v1.StepExecution;
import dev.pawl.v1.WatchRunResponse;
import java.time.Duration;
import java.time.Instant;

/** A run's events as messages. */
public final class EventMapper {
  /** Longer outputs are left out of events; GetRun has them. */
  private static final int MAX_OUTPUT = 64 << 10;

  private EventMapper() {}

  public static WatchRunResponse event(RunEvent event) {
    WatchRunResponse.Builder out =
        WatchRunResponse.newBuilder()
            .setSequence(event.sequence())
            .setTime(Times.timestamp(event.at()));
    if (event.run() != null) {
      Run run = RunMapper.run(event.run());
      boolean large = run.getOutputsJson().length() > MAX_OUTPUT;
      out.setRunChanged(
          RunChanged.newBuilder().setRun(large ? run.toBuilder().clearOutputsJson().build() : run));
    } else if (event.step() != null) {
      StepExecution step = StepMapper.step(event.step());
      boolean large = step.getOutputJson().length() > MAX_OUTPUT;
      StepChanged.Builder changed =
          StepChanged.newBuilder()
              .setStep(large ? step.toBuilder().clearOutputJson().build() : step);
      Instant started = event.step().startedAt();
      if (started != null) {
        Instant until = event.step().endedAt() == null ? event.at() : event.step().endedAt();
        Duration elapsed = Duration.between(started, until);
        changed.setElapsed(Times.duration(elapsed.isNegative() ? Duration.ZERO : elapsed));
      }
      out.setStepChanged(changed);
    }
    if (event.line() != null) {
      out.setLog(line(event.line()));
    }
    return out.build();
  }

  /** A line with its place; of an event that is one. */
  public static LoggedLine logged(RunEvent event) {
    return LoggedLine.newBuilder()
        .setSequence(event.sequence())
        .setTime(Times.timestamp(event.at()))
        .setLine(line(requireNonNull(event.line(), "line")))
        .build();
  }

  private static LogLine line(dev.pawl.server.run.LogLine line) {
    return LogLine.newBuilder()
        .setStepId(line.step().stepId())
        .setIterationKey(line.step().iteration())
        .setAttempt(line.attempt())
        .setLevel(level(line.level()))
        .setMessage(line.message())
        .build();
  }

  private static LogLevel level(dev.pawl.server.run.LogLine.Level level) {
    return switch (level) {
      case INFO -> LogLevel.LOG_LEVEL_INFO;
      case WARN -> LogLevel.LOG_LEVEL_WARN;
      case ERROR -> LogLevel.LOG_LEVEL_ERROR;
    };
  }
}
