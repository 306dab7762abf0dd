package dev.pawl.server.api;

import dev.pawl.server.engine.ArchiveRun;
import dev.pawl.server.engine.AwaitRun;
import dev.pawl.server.engine.CancelRun;
import dev.pawl.server.engine.DecideApproval;
import dev.pawl.server.engine.ExecuteMethod;
import dev.pawl.server.engine.PlanRetry;
import dev.pawl.server.engine.PlanRun;
import dev.pawl.server.engine.ReadRuns;
import dev.pawl.server.engine.RetryRun;
import dev.pawl.server.engine.SkipStep;
import dev.pawl.server.engine.StartRun;
import dev.pawl.server.engine.WatchRun;
import dev.pawl.server.run.Plan;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.RunQuery;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The engine's own verbs. */
public record EngineVerbs(
    StartRun startRun,
    RetryRun retryRun,
    CancelRun cancelRun,
    ArchiveRun archiveRun,
    SkipStep skipStep,
    ReadRuns readRuns,
    WatchRun watchRun,
    PlanRun planRun,
    PlanRetry planRetry,
    ExecuteMethod executeMethod,
    DecideApproval decideApproval,
    AwaitRun awaitRun)
    implements RunVerbs {

  @Override
  public StartRun.Result start(StartRun.Command command) {
    return startRun.run(command);
  }

  @Override
  public ReadRuns.RunView await(StartRun.Result started, Duration longest)
      throws InterruptedException {
    return awaitRun.run(started, longest);
  }

  @Override
  public StartRun.Result retry(RetryRun.Command command) {
    return retryRun.run(command);
  }

  @Override
  public RunRecord cancel(RunKey run, String reason, @Nullable Integer expectedAttempt) {
    return cancelRun.run(run, reason, expectedAttempt);
  }

  @Override
  public void decide(Decide decide) {
    decideApproval.run(decide);
  }

  @Override
  public RunRecord archive(RunKey run, String requester) {
    return archiveRun.run(run, requester);
  }

  @Override
  public RunRecord skip(SkipStep.Command command) {
    return skipStep.run(command);
  }

  @Override
  public ReadRuns.RunView find(RunKey run) {
    return readRuns.find(run);
  }

  @Override
  public List<RunRecord> list(RunQuery query) {
    return readRuns.list(query);
  }

  @Override
  public List<RunEvent> logs(LogQuery query) {
    return readRuns.logs(query);
  }

  @Override
  public void watch(RunKey run, long from, WatchRun.Sink sink) throws InterruptedException {
    watchRun.run(run, from, sink);
  }

  @Override
  public Plan plan(PlanRun.Command command) throws InterruptedException {
    return planRun.run(command);
  }

  @Override
  public Plan plan(RetryRun.Command command) throws InterruptedException {
    return planRetry.run(command);
  }

  @Override
  public ExecuteMethod.Result execute(ExecuteMethod.Command command) throws InterruptedException {
    return executeMethod.run(command);
  }
}
