package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.pawl.model.Outcome;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.DataLookup;
import dev.pawl.server.language.ParsedWorkflow;
import dev.pawl.server.language.RunView;
import dev.pawl.server.language.Scope;
import dev.pawl.server.language.StepEvaluator;
import dev.pawl.server.language.StepView;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.PutDown;
import dev.pawl.server.store.RunChange;
import dev.pawl.server.store.StaleRunException;
import dev.pawl.server.workflow.StepDefinition;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works one attempt of a run to its end: every step as soon as those it depends on have ended, each
 * on a virtual thread. Independent branches run to their ends also when a step fails.
 */
final class ExecuteRun implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(ExecuteRun.class);

  /** Waits that end later than this are found by everybody's regular look for runs. */
  private static final Duration SOON = Duration.ofMinutes(10);

  private final RunRecord run;
  private final @Nullable ParsedWorkflow given;
  private final EngineParts parts;
  private final StopSignal signal = new StopSignal();
  private final StopSignal cleanup = new StopSignal();
  private final Map<String, StepView> ended = new ConcurrentHashMap<>();
  private final RunJournal journal;
  private final Activity activity;
  private final PendingWaits waits;
  private final AtomicInteger open = new AtomicInteger();
  private Optional<ReadRuns.RunView> known = Optional.empty();

  private ExecuteRun(RunRecord run, @Nullable ParsedWorkflow given, EngineParts parts) {
    this.run = run;
    this.given = given;
    this.parts = parts;
    this.journal = new RunJournal(run, parts.store(), parts.bell(), signal);
    this.activity = new Activity(parts.threads());
    this.waits = new PendingWaits(run, parts.store(), journal, activity);
  }

  /** Makes executions. */
  static final class Factory {
    private final EngineParts parts;

    @Inject
    Factory(EngineParts parts) {
      this.parts = parts;
    }

    /**
     * An execution of a claimed run.
     *
     * @param workflow its checked definition; null: read it from the run
     */
    ExecuteRun create(RunRecord run, @Nullable ParsedWorkflow workflow) {
      return new ExecuteRun(run, workflow, parts);
    }
  }

  void stop(StopSignal.Cause cause) {
    signal.stop(cause);
  }

  /** Stops cleanup steps too, which go on when the run stops. */
  void stopCleanup() {
    cleanup.stop(StopSignal.Cause.CANCELLED);
  }

  /** After {@link #run}, on its thread: the run as it is stored; empty where that is to be read. */
  Optional<ReadRuns.RunView> known() {
    return known;
  }

  /** Something that it waits for may have come. */
  void look() {
    waits.look();
  }

  /** Ends what is under way and begins nothing more: another executor goes on with it. */
  void handOver() {
    activity.handOver();
  }

  @Override
  public void run() {
    try {
      ParsedWorkflow workflow =
          given != null ? given : parts.check().definition(run.definitionFile(), run.definition());
      execute(workflow);
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    } catch (ServerFailure e) {
      endQuietly(RunStatus.FAILED, e.reason(), String.valueOf(e.getMessage()));
    } catch (RuntimeException | Error e) {
      LOG.error("run {} fails by a defect of the server", run.key().runId(), e);
      endQuietly(
          RunStatus.FAILED,
          "INTERNAL",
          "a defect of the server ended the run ("
              + Defects.words(e)
              + "); its log has the details; a retry keeps what succeeded");
    } finally {
      journal.release();
      known = signal.cause() == null ? journal.memory().ended() : Optional.empty();
      known.ifPresent(parts.ended()::add);
    }
  }

  private void endQuietly(RunStatus status, String reason, String message) {
    try {
      journal.end(new RunChange.End(status, reason, message, null));
    } catch (StaleRunException e) {
      LOG.info("{}", e.getMessage());
    }
  }

  private void execute(ParsedWorkflow workflow) throws StaleRunException {
    if (run.cancelRequestedAt() != null) {
      signal.stop(StopSignal.Cause.CANCELLED);
    }
    if (run.cancelAgainAt() != null) {
      stopCleanup();
    }
    Optional<RunHistory> history = journal.read(this::history);
    EarlierSteps earlier = earlier(history, workflow);
    StandingSteps standing = journal.read(() -> StandingSteps.read(run, parts.store()));
    StepEvaluator evaluator = new StepEvaluator(workflow);
    ExecuteStep.Live live = new ExecuteStep.Live(standing, activity, waits, signal, open);
    TimeLimit limit = journal.read(() -> TimeLimit.of(run, workflow.definition(), parts.store()));
    if (limit.isOver()) {
      // At once: no step may begin before an alarm goes off.
      signal.stop(StopSignal.Cause.TIMED_OUT);
    }
    try (RunKeeping keeping =
            RunKeeping.open(
                run, workflow.definition(), history, earlier, standing, journal, parts);
        Timers.Alarm timeout =
            parts.timers().after(limit.left(), () -> signal.stop(StopSignal.Cause.TIMED_OUT));
        Timers.Alarm stopped = signal.onStop(this::tellStopped);
        Timers.Alarm cleanupStopped = cleanup.onStop(waits::look)) {
      ExecuteStep.Surroundings around =
          new ExecuteStep.Surroundings(
              run, evaluator, scope(), earlier, keeping, journal, signal, parts, live);
      Map<String, CompletableFuture<StepEnd>> ends = new LinkedHashMap<>();
      activity.run(() -> begin(workflow, around, ends));
      if (awaitEnds(ends.values(), limit) && !signal.isLost()) {
        List<StepEnd> all = ends.values().stream().map(CompletableFuture::join).toList();
        ConcludeRun conclusion =
            new ConcludeRun(workflow.definition(), signal.cause(), limit, earlier.chosen());
        end(conclusion.run(all, () -> evaluator.outputs(around.scope())), keeping);
      }
    }
  }

  private void end(RunChange.End end, RunKeeping keeping) throws StaleRunException {
    journal.end(end);
    tellParent();
    if (keeping.hasFiles() && end.status() == RunStatus.SUCCEEDED) {
      parts.collect().of(run.key());
    }
  }

  /** Those that wait have no thread to be interrupted. */
  private void tellStopped() {
    if (signal.isLost()) {
      cleanup.stop(StopSignal.Cause.LOST);
    }
    waits.look();
  }

  private void tellParent() {
    RunKey parent = run.parentRun();
    if (parent != null) {
      parts.news().about(parent);
    }
  }

  /** Whether all steps have ended here; else the run was put down, or is lost. */
  private boolean awaitEnds(Collection<CompletableFuture<StepEnd>> ends, TimeLimit limit)
      throws StaleRunException {
    while (true) {
      activity.awaitQuiet();
      if (ends.stream().allMatch(CompletableFuture::isDone)) {
        return true;
      }
      if (activity.settle()) {
        if (!signal.isLost()) {
          putDown(limit);
        }
        return false;
      }
    }
  }

  private void putDown(TimeLimit limit) throws StaleRunException {
    Optional<Duration> next = waits.rest();
    PutDown.Wake wake = activity.isHandingOver() ? PutDown.Wake.AT_ONCE : PutDown.Wake.WITH_NEWS;
    PutDown how = new PutDown(wake, timeLeft(limit));
    journal.write(
        RunJournal.News.PLAN, () -> parts.store().putDown(run.key(), run.generation(), how));
    // Others would come to it at their next round; news may have come already.
    next.filter(left -> left.compareTo(SOON) < 0)
        .ifPresent(left -> parts.timers().after(left.plusMillis(1), parts.news()::claim));
    parts.news().claim();
  }

  /** One that has timed out stays so, and is not woken by that again. */
  private @Nullable Duration timeLeft(TimeLimit limit) {
    StopSignal.Cause cause = signal.cause();
    if (cause == StopSignal.Cause.TIMED_OUT) {
      return Duration.ZERO;
    }
    Duration left = cause == null ? limit.leftNow() : null;
    return left == null || left.isPositive() ? left : Duration.ofMillis(1);
  }

  /** None for the first attempt: there is nothing to be learned from it. */
  private Optional<RunHistory> history() {
    return run.attempt() == 1
        ? Optional.empty()
        : Optional.of(RunHistory.of(parts.store(), run.key()));
  }

  private EarlierSteps earlier(Optional<RunHistory> history, ParsedWorkflow workflow) {
    return history
        .map(h -> EarlierSteps.of(h, run.recoveryStrategy(), workflow.definition()))
        .orElse(EarlierSteps.NONE);
  }

  private void begin(
      ParsedWorkflow workflow,
      ExecuteStep.Surroundings around,
      Map<String, CompletableFuture<StepEnd>> ends) {
    Map<String, Integer> places = new HashMap<>();
    workflow.definition().steps().forEach(s -> places.put(s.id(), places.size()));
    open.set(places.size());
    for (StepDefinition step : workflow.definition().inOrder()) {
      ExecuteStep execution =
          new ExecuteStep(
              step,
              places.getOrDefault(step.id(), 0),
              step.always() ? around.stoppedBy(cleanup) : around);
      Map<String, CompletableFuture<StepEnd>> before = new LinkedHashMap<>();
      step.dependencies().forEach(id -> before.put(id, requireNonNull(ends.get(id))));
      ends.put(
          step.id(),
          CompletableFuture.allOf(before.values().toArray(CompletableFuture[]::new))
              .thenComposeAsync(ignored -> execution.run(joined(before)), activity)
              .thenApply(end -> finish(step, end, workflow)));
    }
  }

  private static Map<String, StepEnd> joined(Map<String, CompletableFuture<StepEnd>> ends) {
    Map<String, StepEnd> out = new LinkedHashMap<>();
    ends.forEach((id, end) -> out.put(id, end.join()));
    return out;
  }

  private StepEnd finish(StepDefinition step, StepEnd end, ParsedWorkflow workflow) {
    Outcome outcome = end.outcome();
    ended.put(
        step.id(),
        new StepView(end.output(), outcome == null ? null : outcome.name(), end.status().name()));
    boolean failed = end.status() == StepStatus.FAILED && !step.continueOnError();
    if (failed && workflow.definition().failFast()) {
      signal.stop(StopSignal.Cause.FAILED_FAST);
    }
    open.decrementAndGet();
    return end;
  }

  private Scope scope() {
    String namespace = run.key().namespace();
    DataLookup data =
        (type, instance) -> {
          StoredResource row =
              stored(new ResourceKey(namespace, type, instance, ResourceKey.STATE));
          return row.effectiveState() == ResourceState.PRESENT && row.data() != null
              ? row.data()
              : NullNode.getInstance();
        };
    return Scope.of(
        run.inputs(),
        ended,
        new RunView(run.key().runId(), run.attempt(), run.workflowName(), namespace),
        data);
  }

  private StoredResource stored(ResourceKey key) {
    try {
      return journal.read(() -> parts.data().read(key));
    } catch (StaleRunException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
  }

  /**
   * How a whole step ended, its iterations taken together.
   *
   * @param failures that the run fails with; none where the file lets them pass
   * @param records of all that succeeded, for those who consume it
   */
  record StepEnd(
      StepStatus status,
      @Nullable Outcome outcome,
      JsonNode output,
      List<StepRecord> failures,
      List<StepRecord> records) {
    StepEnd {
      failures = List.copyOf(failures);
      records = List.copyOf(records);
    }

    static StepEnd notRun() {
      return new StepEnd(StepStatus.NOT_RUN, null, NullNode.getInstance(), List.of(), List.of());
    }

    boolean letsDependentsRun() {
      boolean passedOver = status == StepStatus.FAILED && failures.isEmpty();
      return status == StepStatus.SUCCEEDED || passedOver;
    }
  }
}
