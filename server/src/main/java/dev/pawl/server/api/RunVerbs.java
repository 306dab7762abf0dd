package dev.pawl.server.api;

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
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.RunQuery;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the engine does with runs, as far as the wire asks for it. Errors are each verb's own. */
public interface RunVerbs {
  StartRun.Result start(StartRun.Command command);

  /** The run once it has ended, or as it is when the time is over. */
  RunView await(StartRun.Result started, Duration longest) throws InterruptedException;

  StartRun.Result retry(RetryRun.Command command);

  RunRecord cancel(RunKey run, String reason, @Nullable Integer expectedAttempt);

  void decide(Decide decide);

  RunRecord archive(RunKey run, String requester);

  RunRecord skip(SkipStep.Command command);

  RunView find(RunKey run);

  List<RunRecord> list(RunQuery query);

  /** Lines that its steps have logged. */
  List<RunEvent> logs(LogQuery query);

  /** Blocks until the watch ends. */
  void watch(RunKey run, long from, WatchRun.Sink sink) throws InterruptedException;

  Plan plan(PlanRun.Command command) throws InterruptedException;

  Plan plan(RetryRun.Command command) throws InterruptedException;

  ExecuteMethod.Result execute(ExecuteMethod.Command command) throws InterruptedException;
}
