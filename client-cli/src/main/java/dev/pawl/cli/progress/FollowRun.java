package dev.pawl.cli.progress;

import dev.pawl.cli.failure.CliException;
import dev.pawl.cli.failure.Failure;
import dev.pawl.cli.remote.Session;
import dev.pawl.v1.ExecutionServiceGrpc;
import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WatchRunResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;

/**
 * Follows a run to its end, through losses of the server: a stream that breaks is taken up again
 * after the last event seen.
 */
public final class FollowRun {
  private final Session session;
  private final Progress progress;
  private final Duration patience;
  private final Duration pause;

  /** With a minute's patience for a server that restarts. */
  public FollowRun(Session session, Progress progress) {
    this(session, progress, Duration.ofMinutes(1), Duration.ofMillis(500));
  }

  FollowRun(Session session, Progress progress, Duration patience, Duration pause) {
    this.session = session;
    this.progress = progress;
    this.patience = patience;
    this.pause = pause;
  }

  /**
   * Returns the ended run with its steps.
   *
   * @param fromSequence only later events are shown; 0 for all
   * @throws CliException UNAVAILABLE if the server stays away
   */
  public Run run(String namespace, String runId, long fromSequence) throws InterruptedException {
    long sequence = fromSequence;
    long lost = 0;
    while (true) {
      try {
        for (Iterator<WatchRunResponse> events = watch(namespace, runId, sequence);
            events.hasNext(); ) {
          WatchRunResponse event = events.next();
          show(event);
          sequence = event.getSequence();
          lost = 0;
        }
        return read(namespace, runId);
      } catch (StatusRuntimeException e) {
        if (e.getStatus().getCode() != Status.Code.UNAVAILABLE) {
          throw e;
        }
        lost = lost == 0 ? firstLoss() : lost;
        reconnect(runId, lost, e);
      }
    }
  }

  private long firstLoss() {
    progress.note("lost " + session.description() + ", trying again…");
    return System.nanoTime();
  }

  private void reconnect(String runId, long lost, StatusRuntimeException cause)
      throws InterruptedException {
    if (System.nanoTime() - lost > patience.toNanos()) {
      throw new CliException(
          Failure.of(
                  "UNAVAILABLE",
                  "SERVER_LOST",
                  "%s has not answered for %d s; run %s may go on without this command"
                      .formatted(session.description(), patience.toSeconds(), runId))
              .withHints("pawl watch " + runId),
          cause);
    }
    TimeUnit.NANOSECONDS.sleep(pause.toNanos());
    session.reconnect();
  }

  private Iterator<WatchRunResponse> watch(String namespace, String runId, long sequence) {
    return ExecutionServiceGrpc.newBlockingStub(session.channel())
        .watchRun(
            WatchRunRequest.newBuilder()
                .setNamespace(namespace)
                .setRunId(runId)
                .setFromSequence(sequence)
                .build());
  }

  private Run read(String namespace, String runId) {
    return ExecutionServiceGrpc.newBlockingStub(session.channel())
        .getRun(GetRunRequest.newBuilder().setNamespace(namespace).setRunId(runId).build())
        .getRun();
  }

  private void show(WatchRunResponse event) {
    switch (event.getEventCase()) {
      case RUN_CHANGED -> progress.run(event.getRunChanged().getRun());
      case STEP_CHANGED -> progress.step(event.getStepChanged().getStep());
      case LOG -> progress.log(event.getLog());
      case EVENT_NOT_SET -> {
        // A kind of event this build does not know yet.
      }
    }
  }
}
