package dev.pawl.server.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.model.Timing;
import dev.pawl.server.engine.EngineSettings.DatabaseUse;
import dev.pawl.server.engine.EngineSettings.Recovery;
import dev.pawl.server.run.RunIds;
import dev.pawl.server.run.RunKey;
import dev.pawl.server.store.Idempotency;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a run that is not there. */
class FindRunTest extends EngineTest {
  private static final String PLAIN = "there is no run %s in namespace default; `pawl runs` lists";

  private String words(String id, @Nullable Duration retention) {
    EngineSettings settings =
        new EngineSettings(
            "ex",
            "",
            Timing.DEFAULT,
            EngineSettings.HEARTBEAT,
            EngineSettings.RECOVER_TASKS_TIMEOUT,
            Recovery.BY_WORKFLOW,
            1,
            DatabaseUse.SHARED,
            Idempotency.RETENTION,
            retention);
    return String.valueOf(
        new FindRun(executor.runs, settings).notFound(new RunKey("default", id)).getMessage());
  }

  private static String id(Instant made) {
    return new RunIds(() -> made, new Random(7)).next();
  }

  @Test
  void aRunOlderThanIsKeptMayHaveBeenRemoved() {
    Duration kept = Duration.ofHours(36);
    Instant old = Instant.now().minus(kept).minusSeconds(1).truncatedTo(ChronoUnit.SECONDS);
    assertThat(words(id(old), kept))
        .isEqualTo(
            "there is no run %s in namespace default; runs are kept for 1d12h after their end, and"
                + " this one, of %s, may have been removed; `pawl runs` lists them",
            id(old), old);
    assertThat(words(id(old), null)).isEqualTo(PLAIN.formatted(id(old)) + " them");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "00000000000000000000000000u", "0000000000000000000000000u"})
  void whatIsNoIdWasNeverARun(String id) {
    assertThat(words(id, Duration.ofMillis(1))).isEqualTo(PLAIN.formatted(id) + " them");
  }

  @Test
  void aYoungRunWasNotRemoved() {
    String young = id(Instant.now());
    assertThat(words(young, Duration.ofDays(1))).isEqualTo(PLAIN.formatted(young) + " them");
  }
}
