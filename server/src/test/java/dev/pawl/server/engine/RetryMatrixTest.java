package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.PlannedStep;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepRecord;
import dev.pawl.server.run.StepStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Does what the rows of {@code docs/retry.md} say, and plans it beforehand. */
class RetryMatrixTest extends EngineTest {
  private static final String FLOW = RetryPage.workflow();
  private static final Set<String> ALL =
      Set.of("login", "net", "vpc", "app", "log", "soft", "deploy", "smoke", "clean");

  static Stream<List<String>> refusals() {
    return RetryPage.table("the run is").stream();
  }

  static Stream<List<String>> choices() {
    return RetryPage.table("failed").stream();
  }

  static Stream<List<String>> pairs() {
    return RetryPage.table("the second comes with").stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void whichRunsCanBeRetried(List<String> row) throws Exception {
    World.Gate gate = world.gate("net");
    RunKey run = run(row.get(0), gate);
    String answer;
    try {
      answer =
          "attempt " + executor.server.retryRun().run(command(run, row.get(1))).run().attempt();
    } catch (ServerFailure e) {
      answer = e.reason();
    }
    assertThat(answer).isEqualTo(row.get(2));
    gate.open();
    if (row.get(0).equals("QUEUED")) {
      executor.server.cancelRun().run(run, "it was only to be queued", null);
    } else if (!row.get(0).equals("unknown")) {
      executor.end(run);
    }
  }

  /** A run that is so; what needs it waits at the gate. */
  private RunKey run(String status, World.Gate gate) throws Exception {
    if (status.equals("unknown")) {
      return new RunKey("default", "none");
    }
    if (status.equals("QUEUED")) {
      try (TestExecutor full = TestExecutor.start(database, world.models(), 0)) {
        executor.close();
        return full.start(FLOW);
      }
    }
    boolean waits = status.equals("RUNNING") || status.equals("CANCELLED");
    if (!waits && !status.equals("TIMED_OUT")) {
      gate.open();
    }
    if (status.equals("FAILED") || status.equals("archived")) {
      world.failNext("smoke", World.refused("no"));
    }
    String flow =
        status.equals("TIMED_OUT") ? FLOW.replace("  steps:", "  timeout: 300ms\n  steps:") : FLOW;
    RunKey run = executor.start(flow);
    if (waits) {
      gate.awaitReached();
    }
    if (status.equals("CANCELLED")) {
      executor.server.cancelRun().run(run, "enough", null);
    }
    if (!status.equals("RUNNING")) {
      String end = status.equals("archived") ? "FAILED" : status;
      assertThat(executor.end(run).status()).isEqualTo(RunStatus.valueOf(end));
    }
    if (status.equals("archived")) {
      executor.server.archiveRun().run(run, "me");
    }
    return run;
  }

  private static RetryRun.Command command(RunKey run, String with) {
    String definition =
        switch (with) {
          case "another workflow's file" -> FLOW.replace("name: test", "name: other");
          case "a broken file" -> "steps: [";
          default -> null;
        };
    return command(run, definition, Json.object(), definition == null ? with : "", null);
  }

  /**
   * @param with as on the command line
   */
  private static RetryRun.Command command(
      RunKey run,
      @Nullable String definition,
      ObjectNode inputs,
      String with,
      @Nullable String key) {
    Integer attempt = null;
    String from = null;
    List<String> steps = new ArrayList<>();
    List<String> words = List.of(with.isEmpty() ? new String[0] : with.split(" "));
    for (int i = 0; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith("expected_attempt=")) {
        attempt = Integer.valueOf(word.substring(word.indexOf('=') + 1));
        continue;
      }
      String value = words.get(++i);
      switch (word) {
        case "--from" -> from = value;
        case "--step" -> steps.add(value);
        case "--input" -> put(inputs, value);
        default -> throw new AssertionError("the page says " + with);
      }
    }
    return new RetryRun.Command(
        run, attempt, definition, "mended.yaml", inputs, from, steps, false, key, "me");
  }

  private static void put(ObjectNode inputs, String nameAndJson) {
    int equals = nameAndJson.indexOf('=');
    inputs.set(nameAndJson.substring(0, equals), Json.parse(nameAndJson.substring(equals + 1)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("choices")
  void whichStepsRun(List<String> row) throws Exception {
    words(row.get(0)).forEach(step -> world.failNext(step, World.refused("no")));
    RunKey run = executor.start(FLOW);
    assertThat(executor.end(run).status()).isEqualTo(RunStatus.FAILED);
    RetryRun.Command command = changed(run, row.get(1), row.get(2));
    int before = world.done().size();
    List<PlannedStep> plan = executor.server.planRetry().run(command).steps();
    assertThat(world.done()).hasSize(before);

    executor.server.retryRun().run(command);

    assertThat(executor.end(run).status()).isEqualTo(RunStatus.valueOf(row.get(6)));
    Set<String> ran = new HashSet<>(world.done().subList(before, world.done().size()));
    assertThat(ran).as("run").isEqualTo(words(row.get(3)));
    Set<String> verified = inAttempt2(run, s -> s.status() == StepStatus.SUCCEEDED);
    verified.removeAll(ran);
    assertThat(verified).as("verified").isEqualTo(words(row.get(4)));
    Set<String> left = inAttempt2(run, s -> s.status() == StepStatus.NOT_RUN);
    assertThat(left).as("left").isEqualTo(words(row.get(5)));
    assertTold(plan, ran, left);
  }

  /** What depends on something that runs again may turn out to be the same as before. */
  private static void assertTold(List<PlannedStep> plan, Set<String> ran, Set<String> left) {
    Set<String> told = planned(plan, PlannedStep.Action.RERUN);
    assertThat(told).as("planned to run").containsAll(ran);
    for (PlannedStep step : plan) {
      String id = step.key().stepId();
      assertThat(step.reasons()).as(id).isNotEmpty();
      if (told.contains(id) && !ran.contains(id) && step.createAction() == null) {
        assertThat(step.reasons()).as(id).anyMatch(r -> r.startsWith("downstream of"));
      }
    }
    assertThat(planned(plan, PlannedStep.Action.SKIP)).as("planned to be left").isEqualTo(left);
    Set<String> kept = new HashSet<>(ALL);
    kept.removeAll(ran);
    kept.removeAll(left);
    assertThat(kept).as("kept").containsAll(planned(plan, PlannedStep.Action.REUSE));
  }

  private static Set<String> planned(List<PlannedStep> plan, PlannedStep.Action action) {
    return plan.stream()
        .filter(s -> s.action() == action)
        .map(s -> s.key().stepId())
        .collect(Collectors.toSet());
  }

  private Set<String> inAttempt2(RunKey run, Predicate<StepRecord> which) {
    return executor.runs.steps(run).stream()
        .filter(s -> s.attempt() == 2 && which.test(s))
        .map(s -> s.key().stepId())
        .collect(Collectors.toSet());
  }

  private RetryRun.Command changed(RunKey run, String change, String with) {
    ObjectNode inputs = Json.object();
    String definition = null;
    String[] of = change.split(" of ");
    if (change.startsWith("input ")) {
      put(inputs, change.substring("input ".length()));
    } else if (of[0].equals("definition")) {
      definition = FLOW.replace("with: {level: \"", "with: {more: true, level: \"");
      assertThat(definition).isNotEqualTo(FLOW);
    } else if (of[0].equals("name")) {
      definition = FLOW.replace("{id: " + of[1] + ",", "{id: " + of[1] + ", name: renamed,");
      assertThat(definition).isNotEqualTo(FLOW);
    } else if (of[0].equals("output")) {
      world.give(of[1], Json.object().put("anew", true));
    } else {
      assertThat(change).isEmpty();
    }
    return command(run, definition, inputs, with, null);
  }

  private static Set<String> words(String cell) {
    return Arrays.stream(cell.split(" ")).filter(w -> !w.isEmpty()).collect(Collectors.toSet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  void twoAtOnce(List<String> row) throws Exception {
    world.failNext("smoke", World.refused("no"));
    RunKey run = executor.start(FLOW);
    executor.end(run);
    String with = row.get(0);
    String key = with.equals("no key") ? null : run.runId();
    RetryRun.Command first = command(run, null, Json.object(), "", key);
    RetryRun.Command second =
        with.equals("another key")
            ? command(run, null, Json.object(), "", "other-" + run.runId())
            : with.endsWith("--step")
                ? command(run, null, Json.object(), "--step log", key)
                : first;
    World.Gate gate = world.gate("smoke");

    List<String> answers = together(first, second);

    gate.open();
    executor.end(run);
    assertThat(executor.runs.attempts(run)).hasSize(1 + Integer.parseInt(row.get(2)));
    if (row.get(1).equals("both get attempt 2")) {
      assertThat(answers).containsExactly("attempt 2", "attempt 2");
      return;
    }
    assertThat(answers).as("one of the two").contains("attempt 2");
    Set<String> refusals =
        row.get(1).equals("refused")
            ? Set.of("ATTEMPT_CHANGED", "RUN_NOT_ENDED")
            : Set.of(row.get(1));
    assertThat(answers)
        .filteredOn(a -> !a.equals("attempt 2"))
        .hasSize(1)
        .allMatch(refusals::contains);
  }

  private List<String> together(RetryRun.Command... commands) throws Exception {
    CountDownLatch go = new CountDownLatch(1);
    List<Future<String>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (RetryRun.Command command : commands) {
        Callable<String> call =
            () -> {
              go.await();
              try {
                return "attempt " + executor.server.retryRun().run(command).run().attempt();
              } catch (ServerFailure e) {
                return Objects.requireNonNull(e.reason());
              }
            };
        answers.add(threads.submit(call));
      }
      go.countDown();
    }
    List<String> out = new ArrayList<>();
    for (Future<String> answer : answers) {
      out.add(answer.get());
    }
    return out;
  }
}
