package dev.pawl.server.crash;

import dev.pawl.server.run.CheckpointRecord;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunRecord;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import dev.pawl.server.store.RunQuery;
import dev.pawl.server.store.RunStore;
import dev.pawl.server.store.postgres.PostgresStore;
import dev.pawl.server.store.postgres.TestDatabase;
import io.grpc.StatusRuntimeException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One run whose server is killed after the n-th durable write, and its successor after the m-th of
 * its own, and what is left when a third has had its time.
 *
 * @param finished steps and checkpoints whose success was durable when the first server died
 * @param died whether the first server died by itself: no when it had no n-th write to make
 * @param effects how often each step had its effect, over all servers
 */
record CrashedRun(
    RunRecord run,
    List<StepRecord> steps,
    Set<String> finished,
    boolean died,
    Map<String, Long> effects) {
  private static final String KEY = "crash";

  static CrashedRun after(int firstKill, int secondKill, String workflow, Path home)
      throws Exception {
    Path ledger = Files.createFile(home.resolve("ledger"));
    try (TestDatabase database = TestDatabase.create()) {
      RunStore runs = database.store().runs();
      boolean died;
      try (ServerProcess first =
          ServerProcess.start(database.settings(), home, ledger, firstKill)) {
        ask(first, workflow);
        Waiting.until("the run ends or its server dies", () -> !first.isAlive() || ended(runs));
        died = !first.isAlive();
      }
      Set<String> finished = finished(database.store());
      if (secondKill > 0) {
        try (ServerProcess second =
            ServerProcess.start(database.settings(), home, ledger, secondKill)) {
          ask(second, workflow);
          Waiting.until("the run ends or its server dies", () -> !second.isAlive() || ended(runs));
        }
      }
      try (ServerProcess last = ServerProcess.start(database.settings(), home, ledger, 0)) {
        ask(last, workflow);
        Waiting.until("the run ends: " + last.output(), () -> ended(runs));
      }
      RunRecord run = top(runs).getFirst();
      return new CrashedRun(run, runs.steps(run.key()), finished, died, effects(ledger));
    }
  }

  /** Whoever died while answering is asked again by the same key. */
  private static void ask(ServerProcess server, String workflow) {
    try {
      server.startRun(workflow, KEY);
    } catch (StatusRuntimeException e) {
      // The next server is asked again.
    }
  }

  private static boolean ended(RunStore runs) {
    List<RunRecord> all = top(runs);
    return !all.isEmpty() && all.getFirst().status().hasEnded();
  }

  /** The run that was asked for, without its children. */
  private static List<RunRecord> top(RunStore runs) {
    return runs.list(new RunQuery("default", null, 100, Set.of(), "crash"));
  }

  private static Set<String> finished(PostgresStore store) {
    Set<String> out = new TreeSet<>();
    RunStore runs = store.runs();
    for (RunRecord run : runs.list(new RunQuery("default", null, 100, Set.of(), null))) {
      RunKey key = run.key();
      runs.steps(key).stream()
          .filter(s -> s.status() == StepStatus.SUCCEEDED)
          .forEach(s -> out.add(s.key().toString()));
      store.checkpoints().all(key).stream()
          .filter(c -> c.state() == CheckpointRecord.State.DONE)
          .forEach(c -> out.add(c.step() + "/" + c.name()));
    }
    return out;
  }

  private static Map<String, Long> effects(Path ledger) throws Exception {
    return Files.readAllLines(ledger).stream()
        .collect(Collectors.groupingBy(line -> line, HashMap::new, Collectors.counting()));
  }
}
