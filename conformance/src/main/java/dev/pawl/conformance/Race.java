package dev.pawl.conformance;

import dev.pawl.conformance.CheckResult.Result;
import dev.pawl.model.MethodException;
import dev.pawl.model.MethodResult;
import dev.pawl.model.Pacer;
import dev.pawl.model.Timing;
import dev.pawl.model.testkit.InMemoryDataRepository;
import dev.pawl.model.testkit.TestContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Several callers create one thing at once. */
final class Race {
  private static final int CALLERS = 4;

  /** Nobody should wait for minutes to hear that a model is wrong. */
  private static final Timing SHORT =
      new Timing(
          Duration.ofSeconds(4),
          Duration.ofSeconds(3),
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          Duration.ofSeconds(3),
          Duration.ofSeconds(5),
          Duration.ofSeconds(1));

  private final CheckModel.Trial trial;
  private final TestContext context;

  Race(CheckModel.Trial trial) {
    this.trial = trial;
    // Callers that wait for each other need real time.
    this.context =
        trial
            .context()
            .with()
            .repository(new InMemoryDataRepository(), Pacer.SYSTEM)
            .timing(SHORT)
            .build();
  }

  void run() throws InterruptedException, MethodException {
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<MethodResult>> calls = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        calls.add(() -> trial.create(context));
      }
      for (Future<MethodResult> call : callers.invokeAll(calls)) {
        call.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof MethodException failed) {
        throw failed;
      }
      throw new IllegalStateException(e.getCause());
    }
    trial.made();
    Broken.unless(trial.sent() == 1, Result.FAILED, "they sent " + trial.sent() + " requests");
  }
}
