package dev.pawl.server.api;

import dev.pawl.model.Json;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.PlanRun;
import dev.pawl.server.engine.ReadRuns.RunView;
import dev.pawl.server.engine.RetryRun;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.engine.WatchRun;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.RunQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Runs that nobody executes, and an endless stream of events. */
class FakeRuns implements RunVerbs {
  static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  final List<StartRun.Command> started = new ArrayList<>();
  final List<RunRecord> runs = new ArrayList<>();
  final List<SkipStep.Command> skipped = new ArrayList<>();
  final List<RunQuery> listed = new ArrayList<>();
  final List<RunEvent> lines = new ArrayList<>();
  final AtomicInteger told = new AtomicInteger();
  final CountDownLatch watching = new CountDownLatch(1);
  final CountDownLatch stopped = new CountDownLatch(1);
  int events = Integer.MAX_VALUE;
  boolean quiet;

  static RunRecord run(String id, Instant createdAt) {
    return new RunRecord(
        new RunKey("default", id),
        "w",
        3,
        "text",
        "w.yaml",
        Json.object(),
        RunStatus.RUNNING,
        null,
        null,
        1,
        1,
        "e",
        0,
        "idempotent",
        5,
        null,
        "me",
        null,
        1,
        createdAt,
        createdAt,
        null,
        null,
        null);
  }

  @Override
  public StartRun.Result start(StartRun.Command command) {
    started.add(command);
    return new StartRun.Result(run("r1", NOON), false);
  }

  @Override
  public RunView await(StartRun.Result begun, Duration longest) throws InterruptedException {
    if (longest.isPositive()) {
      watching.countDown();
      try {
        new CountDownLatch(1).await();
      } finally {
        stopped.countDown();
      }
    }
    return find(begun.run().key());
  }

  @Override
  public RunView find(RunKey key) {
    return new RunView(run(key.runId(), NOON), List.of(), List.of());
  }

  @Override
  public List<RunRecord> list(RunQuery query) {
    listed.add(query);
    String before = query.before();
    return runs.stream()
        .filter(r -> before == null || r.key().runId().compareTo(before) < 0)
        .limit(query.limit())
        .toList();
  }

  @Override
  public List<RunEvent> logs(LogQuery query) {
    return lines.stream().filter(e -> e.sequence() > query.after()).limit(query.limit()).toList();
  }

  @Override
  public void watch(RunKey run, long from, WatchRun.Sink sink) throws InterruptedException {
    watching.countDown();
    try {
      if (quiet) {
        new CountDownLatch(1).await();
      }
      for (int i = 1; i <= events; i++) {
        if (!sink.accept(RunEvent.of(from + i, NOON, run("r".repeat(2000), NOON)))) {
          return;
        }
        told.incrementAndGet();
      }
    } finally {
      stopped.countDown();
    }
  }

  @Override
  public StartRun.Result retry(RetryRun.Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RunRecord cancel(RunKey run, String reason, @Nullable Integer expectedAttempt) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void decide(Decide decide) {
    throw new UnsupportedOperationException();
  }

  @Override
  public RunRecord archive(RunKey run, String requester) {
    return run(run.runId(), NOON);
  }

  @Override
  public RunRecord skip(SkipStep.Command command) {
    skipped.add(command);
    return run(command.run().runId(), NOON);
  }

  @Override
  public Plan plan(PlanRun.Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Plan plan(RetryRun.Command command) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ExecuteMethod.Result execute(ExecuteMethod.Command command) {
    throw new UnsupportedOperationException();
  }
}
