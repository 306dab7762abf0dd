package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.Settings;
import dev.pawl.model.Timing;
import dev.pawl.model.http.ConnectionSettings;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.files.FileLimits;
import dev.pawl.server.files.WorkspaceFolders;
import dev.pawl.server.models.Connections;
import dev.pawl.server.models.ModelRegistry;
import dev.pawl.server.models.Permissions;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.store.ExecutorStore;
import dev.pawl.server.store.Idempotency;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.TestDatabase;
import dev.pawl.server.wiring.DaggerServerComponent;
import dev.pawl.server.wiring.ServerComponent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** One server process, as far as runs go. */
final class TestExecutor implements AutoCloseable {
  static final Duration HEARTBEAT = Duration.ofMillis(100);

  /** Long enough that a busy machine's pause is not taken for a death. */
  static final Duration SILENCE = Duration.ofSeconds(5);

  /**
   * This JVM's alone. Of two executors in one JVM, the later's look for leftovers unlocks the
   * earlier's folder (POSIX locks go with any descriptor), so another JVM would take it for a dead
   * one's.
   */
  private static final Path WORKSPACES =
      Path.of("target", "workspaces", Long.toString(ProcessHandle.current().pid()))
          .toAbsolutePath();

  private static final AtomicInteger NUMBER = new AtomicInteger();

  final ServerComponent server;
  final RunStore runs;
  final String id;
  private final AtomicBoolean silent;
  final WorkspaceFolders folders;

  private TestExecutor(
      ServerComponent server,
      RunStore runs,
      String id,
      AtomicBoolean silent,
      WorkspaceFolders folders) {
    this.folders = folders;
    this.server = server;
    this.runs = runs;
    this.id = id;
    this.silent = silent;
  }

  static TestExecutor start(TestDatabase database, World world) {
    return start(database, world.models(), 100);
  }

  static TestExecutor start(TestDatabase database, ModelRegistry models, int maxRuns) {
    PostgresStore store = database.store();
    return start(store, store.runs(), models, maxRuns);
  }

  /** One that is not taken for dead however slow the machine is. */
  static TestExecutor patient(TestDatabase database, World world) {
    PostgresStore store = database.store();
    return start(
        store,
        store.runs(),
        world.models(),
        100,
        FileLimits.DEFAULT,
        Duration.ofMinutes(2),
        List.of());
  }

  static TestExecutor withConnection(
      TestDatabase database, ModelRegistry models, ConnectionSettings connection) {
    PostgresStore store = database.store();
    return start(
        store, store.runs(), models, 100, FileLimits.DEFAULT, SILENCE, List.of(connection));
  }

  static TestExecutor start(PostgresStore store, RunStore runs, ModelRegistry models, int maxRuns) {
    return start(store, runs, models, maxRuns, FileLimits.DEFAULT);
  }

  static TestExecutor start(
      PostgresStore store, RunStore runs, ModelRegistry models, int maxRuns, FileLimits limits) {
    return start(store, runs, models, maxRuns, limits, SILENCE, List.of());
  }

  private static TestExecutor start(
      PostgresStore store,
      RunStore runs,
      ModelRegistry models,
      int maxRuns,
      FileLimits limits,
      Duration silence,
      List<ConnectionSettings> connections) {
    WorkspaceFolders folders = WorkspaceFolders.in(WORKSPACES, limits);
    String id = "executor-" + NUMBER.incrementAndGet();
    Timing timing =
        new Timing(
            Duration.ofSeconds(6),
            Duration.ofSeconds(5),
            Duration.ofSeconds(1),
            Duration.ofMillis(10),
            Duration.ofSeconds(5),
            Duration.ofSeconds(20),
            Duration.ofSeconds(20));
    EngineSettings settings =
        new EngineSettings(
            id,
            "127.0.0.1:1",
            timing,
            HEARTBEAT,
            silence,
            EngineSettings.Recovery.BY_WORKFLOW,
            maxRuns,
            EngineSettings.DatabaseUse.SHARED,
            Idempotency.RETENTION);
    AtomicBoolean silent = new AtomicBoolean();
    ServerComponent server =
        DaggerServerComponent.factory()
            .create(
                settings,
                runs,
                new Silenced(store.executors(), silent),
                store.data(),
                store.keys(),
                store.workflows(),
                store.audit(),
                store.checkpoints(),
                store.workspaces(),
                store.history(),
                folders,
                models,
                new Connections(connections),
                new Permissions(Settings.NONE));
    server.engine().start();
    return new TestExecutor(server, runs, id, silent, folders);
  }

  /** From here on it can't say that it is alive, nor learn that it is taken for dead. */
  void silence() {
    silent.set(true);
  }

  void speak() {
    silent.set(false);
  }

  RunKey start(String workflow) {
    return start(workflow, Json.object());
  }

  RunKey start(String workflow, ObjectNode inputs) {
    return start(workflow, inputs, null, StartRun.OnExisting.ATTACH).run().key();
  }

  StartRun.Result start(
      String workflow, ObjectNode inputs, @Nullable String key, StartRun.OnExisting onExisting) {
    return server
        .startRun()
        .run(
            new StartRun.Command(
                "default", workflow, "test.yaml", inputs, key, onExisting, "tester"));
  }

  /**
   * A run that is worked on here from its start; the janitor holds every free place for a moment.
   */
  StartRun.Result claimed(String workflow) {
    while (true) {
      StartRun.Result started = start(workflow, Json.object(), null, StartRun.OnExisting.ATTACH);
      if (started.end() != null) {
        return started;
      }
      giveUp(started.run().key());
    }
  }

  private void giveUp(RunKey run) {
    try {
      server.cancelRun().run(run, "not at once", null);
    } catch (ServerFailure e) {
      if (!e.reason().equals("RUN_ENDED")) {
        throw e;
      }
    }
  }

  RunRecord run(String workflow) throws InterruptedException {
    return end(start(workflow));
  }

  /** Waits for the run's end. */
  RunRecord end(RunKey run) throws InterruptedException {
    server.watchRun().run(run, 0, event -> true);
    return runs.find(run).orElseThrow();
  }

  /** Waits for an event. */
  void until(RunKey run, java.util.function.Predicate<RunEvent> seen) throws InterruptedException {
    server.watchRun().run(run, 0, event -> !seen.test(event));
  }

  RetryRun.Command again(RunKey run, ObjectNode inputs) {
    return new RetryRun.Command(
        run, null, null, "", inputs, null, List.of(), false, null, "tester");
  }

  RunRecord retry(RunKey run) throws InterruptedException {
    return retry(run, Json.object());
  }

  RunRecord retry(RunKey run, ObjectNode inputs) throws InterruptedException {
    server.retryRun().run(again(run, inputs));
    return end(run);
  }

  /** The latest execution of each step: {@code id -> STATUS} or the outcome where it succeeded. */
  Map<String, String> steps(RunKey run) {
    Map<String, String> out = new LinkedHashMap<>();
    runs.steps(run)
        .forEach(
            s ->
                out.put(
                    s.key().toString(),
                    s.outcome() == null ? s.status().name() : s.outcome().name()));
    return out;
  }

  StepRecord step(RunKey run, String id) {
    return runs.steps(run).stream()
        .filter(s -> s.key().toString().equals(id))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  @Override
  public void close() {
    silent.set(false);
    server.engine().close();
    folders.close();
  }

  /** Executors whose signs of life can be held back. */
  private record Silenced(ExecutorStore real, AtomicBoolean silent) implements ExecutorStore {
    private void check() {
      if (silent.get()) {
        throw new IllegalStateException("the test has silenced this executor");
      }
    }

    @Override
    public void register(String executorId, String address) {
      check();
      real.register(executorId, address);
    }

    @Override
    public boolean heartbeat(String executorId) {
      check();
      return real.heartbeat(executorId);
    }

    @Override
    public void remove(String executorId) {
      check();
      real.remove(executorId);
    }

    @Override
    public int removeOthers(String executorId) {
      check();
      return real.removeOthers(executorId);
    }
  }
}
