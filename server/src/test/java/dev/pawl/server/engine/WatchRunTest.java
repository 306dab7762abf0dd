package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.run.RunEvent;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.run.RunStatus;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What watchers are told. */
class WatchRunTest extends EngineTest {
  private static final String FLOW =
      Flow.steps(
          """
          - {id: a, method: act}
          - {id: b, method: act}
          - {id: c, method: act, dependsOn: [a, b]}
          """);

  private Thread watch(RunKey run, List<RunEvent> told) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                executor.server.watchRun().run(run, 0, told::add);
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
  }

  @Test
  void everyWatcherIsToldEverythingInOrderAndThenTheEnd() throws Exception {
    World.Gate gate = world.gate("a");
    RunKey run = executor.start(FLOW);
    gate.awaitReached();
    List<RunEvent> one = new CopyOnWriteArrayList<>();
    List<RunEvent> two = new CopyOnWriteArrayList<>();
    Thread first = watch(run, one);
    Thread second = watch(run, two);
    gate.open();
    first.join();
    second.join();

    long newest = executor.runs.find(run).orElseThrow().eventSequence();
    List<Long> all = LongStream.rangeClosed(1, newest).boxed().toList();
    assertThat(one).extracting(RunEvent::sequence).isEqualTo(all);
    assertThat(two).extracting(RunEvent::sequence).isEqualTo(all);
    assertThat(Objects.requireNonNull(one.get(one.size() - 1).run()).status())
        .isEqualTo(RunStatus.SUCCEEDED);
  }

  @Test
  void aWatchGoesOnWhereItStopped() throws Exception {
    RunKey run = executor.run(FLOW).key();
    List<RunEvent> rest = new CopyOnWriteArrayList<>();
    executor.server.watchRun().run(run, 3, rest::add);
    assertThat(rest.get(0).sequence()).isEqualTo(4);
  }

  @Test
  void aWatcherThatHasSeenEnoughEndsItsWatch() throws Exception {
    World.Gate gate = world.gate("a");
    RunKey run = executor.start(FLOW);
    gate.awaitReached();
    List<RunEvent> told = new CopyOnWriteArrayList<>();
    executor
        .server
        .watchRun()
        .run(
            run,
            0,
            e -> {
              told.add(e);
              return false;
            });
    assertThat(told).hasSize(1);
    gate.open();
    executor.end(run);
  }

  @Test
  void aRunThatWasRemovedCannotBeWatchedFromAnywhere() throws Exception {
    // More than one page, so that some pages tell of nothing but steps.
    String each = "{in: \"${{ lists.range(250) }}\"}";
    String flow = "- {id: a, method: act, with: {as: a}, forEach: " + each + "}";
    RunKey run = executor.run(Flow.steps(flow)).key();
    database.execute("delete from run where run_id = '" + run.runId() + "'");
    List<RunEvent> told = new CopyOnWriteArrayList<>();
    for (long from : List.of(0L, 1L, 3L, 240L, 1000L)) {
      refusedAsMissing(run, from, told);
    }
    // Its steps' partition may go before that of its events.
    database.execute("delete from step_execution where run_id = '" + run.runId() + "'");
    refusedAsMissing(run, 1, told);
    assertThat(told).isEmpty();
  }

  private void refusedAsMissing(RunKey run, long from, List<RunEvent> told) {
    assertThatThrownBy(() -> executor.server.watchRun().run(run, from, told::add))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_NOT_FOUND"));
  }

  @Test
  void aRunThatDoesNotExistCannotBeWatched() {
    assertThatThrownBy(
            () -> executor.server.watchRun().run(new RunKey("default", "x"), 0, e -> true))
        .isInstanceOfSatisfying(
            ServerFailure.class, e -> assertThat(e.reason()).isEqualTo("RUN_NOT_FOUND"));
  }
}
