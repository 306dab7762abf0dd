package dev.pawl.server.store.postgres;

import dev.pawl.server.run.AttemptRecord;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunProgress;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepKey;
import dev.pawl.server.run.StepOverride;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.Waiting;
import dev.pawl.server.store.Decide;
import dev.pawl.server.store.LogQuery;
import dev.pawl.server.store.NewAttempt;
import dev.pawl.server.store.NewRun;
import dev.pawl.server.store.NewWait;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.store.StartAnswer;
import dev.pawl.server.store.postgres.query.EventStatements;
import dev.pawl.server.store.postgres.query.LogStatements;
import dev.pawl.server.store.postgres.query.OverrideStatements;
import dev.pawl.server.store.postgres.query.RunReads;
import dev.pawl.server.store.postgres.query.WaitStatements;
import dev.pawl.server.store.postgres.query.WakeStatements;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@link RunStore} on PostgreSQL. */
final class PostgresRuns implements RunStore {
  private final Database database;
  private final StartRun startRun;
  private final RecordChange recordChange;
  private final BeginAttempt beginAttempt;
  private final HandOver handOver;
  private final EndRun endRun;
  private final BeginWait beginWait;
  private final CloseWait closeWait;
  private final DecideWait decideWait;
  private final PutDownRun putDown;
  private final DecideEnded decideEnded;

  PostgresRuns(Database database) {
    this.database = database;
    this.startRun = new StartRun(database);
    this.recordChange = new RecordChange(database);
    this.beginAttempt = new BeginAttempt(database);
    this.handOver = new HandOver(database);
    this.endRun = new EndRun(database);
    this.beginWait = new BeginWait(database);
    this.closeWait = new CloseWait(database);
    this.decideWait = new DecideWait(database);
    this.putDown = new PutDownRun(database);
    this.decideEnded = new DecideEnded(database);
  }

  @Override
  public StartAnswer start(NewRun run) {
    return startRun.run(run);
  }

  @Override
  public Optional<RunRecord> find(RunKey run) {
    return database.read(sql -> RunReads.find(sql, run));
  }

  @Override
  public Optional<RunProgress> progress(RunKey run) {
    return database.read(sql -> RunReads.progress(sql, run));
  }

  @Override
  public List<RunRecord> list(RunQuery query) {
    return database.read(sql -> RunReads.list(sql, query));
  }

  @Override
  public List<StepRecord> steps(RunKey run) {
    return database.read(sql -> RunReads.steps(sql, run));
  }

  @Override
  public List<AttemptRecord> attempts(RunKey run) {
    return database.read(sql -> RunReads.attempts(sql, run));
  }

  @Override
  public List<RunEvent> logs(LogQuery query) {
    return database.read(sql -> LogStatements.list(sql, query));
  }

  @Override
  public List<RunEvent> events(RunKey run, long after, int limit) {
    return database.read(sql -> EventStatements.list(sql, run, after, limit));
  }

  @Override
  public RunChange.Written record(RunKey run, long generation, RunChange change)
      throws StaleRunException {
    return recordChange.run(run, generation, change);
  }

  @Override
  public Optional<StartAnswer> begin(NewAttempt attempt) {
    return beginAttempt.run(attempt);
  }

  @Override
  public List<RunRecord> claimQueued(String executorId, int limit) {
    return handOver.claimQueued(executorId, limit);
  }

  @Override
  public List<RunRecord> abandoned(Duration silence, int limit) {
    return database.read(sql -> RunReads.abandoned(sql, silence, limit));
  }

  @Override
  public boolean failAbandoned(RunRecord read, String reason, String message) {
    return endRun.failAbandoned(read, reason, message);
  }

  @Override
  public Optional<RunRecord> requestCancel(RunKey run, String reason) {
    return endRun.requestCancel(run, reason);
  }

  @Override
  public Optional<RunRecord> archive(RunRecord read, String requester) {
    return decideEnded.archive(read, requester);
  }

  @Override
  public boolean override(RunRecord read, StepOverride said) {
    return decideEnded.override(read, said);
  }

  @Override
  public List<StepOverride> overrides(RunKey run) {
    return database.read(sql -> OverrideStatements.of(sql, run));
  }

  @Override
  public Duration age(RunKey run) {
    return database.read(sql -> RunReads.age(sql, run));
  }

  @Override
  public List<RunRecord> children(RunKey parent) {
    return database.read(sql -> RunReads.children(sql, parent));
  }

  @Override
  public List<RunKey> ownedBy(String executorId) {
    return database.read(sql -> RunReads.ownedBy(sql, executorId));
  }

  @Override
  public Optional<Waiting> beginWait(RunKey run, long generation, NewWait wait)
      throws StaleRunException {
    return beginWait.run(run, generation, wait);
  }

  @Override
  public List<Waiting> waits(RunKey run) {
    return database.read(sql -> WaitStatements.ofRun(sql, run));
  }

  @Override
  public List<Waiting> takeNews(RunKey run, long generation) throws StaleRunException {
    return putDown.takeNews(run, generation);
  }

  @Override
  public Waiting closeWait(RunKey run, long generation, StepKey step, String why)
      throws StaleRunException {
    return closeWait.run(run, generation, step, why);
  }

  @Override
  public void putDown(RunKey run, long generation, PutDown how) throws StaleRunException {
    putDown.run(run, generation, how);
  }

  @Override
  public List<RunRecord> claimWoken(String executorId, int limit) {
    return handOver.claimWoken(executorId, limit);
  }

  @Override
  public List<RunRecord> withNews(String executorId) {
    return database.read(sql -> WakeStatements.withNews(sql, executorId));
  }

  @Override
  public Optional<Duration> timeLeft(RunKey run) {
    return database.read(sql -> WakeStatements.timeLeft(sql, run));
  }

  @Override
  public Optional<RunRecord> child(RunKey parent, StepKey step) {
    return database.read(sql -> RunReads.child(sql, parent, step));
  }

  @Override
  public Decide.Result decide(Decide decide) {
    return decideWait.run(decide);
  }

  @Override
  public boolean isAnythingToCome() {
    return database.read(WakeStatements::isAnythingToCome);
  }
}
