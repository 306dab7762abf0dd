package dev.pawl.server.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.server.run.RunStatus;
import dev.pawl.server.run.StepStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A real server is killed after its n-th durable write; its run must end as its strategy says. The
 * build takes a sample of n; {@code bench/crash-runs} takes every n, by {@code
 * -Dpawl.crash.every=1}.
 */
@Timeout(600)
class CrashRunsTest {
  /** Beyond the last write of the workflow; what does not die there shows that it is. */
  private static final int MOST_WRITES = 60;

  /**
   * The workflow certainly has so many: a server that outlives them means that none was counted.
   */
  private static final int SURE_WRITES = 10;

  private static final int EVERY = Integer.getInteger("pawl.crash.every", MOST_WRITES);

  @TempDir Path home;

  static Stream<Arguments> kills() {
    List<Arguments> all = new ArrayList<>();
    int shift = 0;
    for (String strategy : List.of("none", "restart", "idempotent")) {
      // Another place of the sample for each strategy.
      for (int n = 1 + shift++ * EVERY / 3; n <= MOST_WRITES; n += EVERY) {
        all.add(Arguments.of(strategy, n, 0));
      }
    }
    // A second kill, while the first is being recovered.
    for (int n = Math.min(EVERY, MOST_WRITES / 3); n <= MOST_WRITES / 2; n += EVERY) {
      all.add(Arguments.of("idempotent", n, 1 + n % 5));
      all.add(Arguments.of("restart", n, 1 + n % 7));
    }
    return all.stream();
  }

  @ParameterizedTest(name = "{0}, killed after write {1}, its successor after {2}")
  @MethodSource("kills")
  void aRunEndsAsItsStrategySays(String strategy, int first, int second) throws Exception {
    CrashedRun left = CrashedRun.after(first, second, workflow(strategy), home);

    assertThat(left.died() || first > SURE_WRITES).as("killed after write %s", first).isTrue();
    if (!left.died()) {
      assertThat(left.run().status()).isEqualTo(RunStatus.SUCCEEDED);
    }
    switch (strategy) {
      case "none" -> noneRunsAgain(left);
      case "restart" -> succeeded(left);
      default -> {
        succeeded(left);
        finishedOnce(left);
      }
    }
  }

  private static void noneRunsAgain(CrashedRun left) {
    assertThat(left.effects().values()).allMatch(times -> times == 1);
    if (left.run().status() == RunStatus.SUCCEEDED) {
      succeeded(left);
    } else {
      // Its own executor was lost, or its child's.
      assertThat(left.run().status()).isEqualTo(RunStatus.FAILED);
      assertThat(left.run().message()).contains("the executor of this run vanished");
    }
  }

  private static void succeeded(CrashedRun left) {
    if ("IN_DOUBT".equals(left.run().reason())) {
      // Killed under the claim of a body that nothing can look for: never run again on doubt.
      assertThat(left.run().message()).contains("step made failed");
      assertThat(left.effects().getOrDefault("made", 0L)).isLessThanOrEqualTo(1);
      return;
    }
    assertThat(left.run().status())
        .as("%s: %s", left.run().reason(), left.run().message())
        .isEqualTo(RunStatus.SUCCEEDED);
    String log =
        left.steps().stream()
            .filter(s -> s.key().stepId().equals("last") && s.status() == StepStatus.SUCCEEDED)
            .map(s -> String.valueOf(s.output()))
            .reduce((earlier, later) -> later)
            .orElseThrow();
    assertThat(log)
        .as("the files of each step, once")
        .containsOnlyOnce("file")
        .containsOnlyOnce("each[a]")
        .containsOnlyOnce("each[b]")
        .containsOnlyOnce("each[c]");
  }

  /** What was durably done before the kill was done once. */
  private static void finishedOnce(CrashedRun left) {
    left.finished().stream()
        .filter(step -> left.effects().containsKey(step))
        .forEach(step -> assertThat(left.effects().get(step)).as(step).isEqualTo(1));
  }

  private String workflow(String strategy) throws Exception {
    return Files.readString(Path.of("src/test/resources/dev/pawl/server/crash/workflow.yaml"))
        .replace("STRATEGY", strategy);
  }
}
