package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.cli.e2e.AdversarialApi.Fault;
import dev.pawl.cli.e2e.CrashCell.Point;
import dev.pawl.cli.e2e.CrashCell.Signal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two real servers on one database, killed or paused at named points of a create, while the API
 * misbehaves too. The build takes four cells; {@code bench/crash-real} takes all, by {@code
 * -Dpawl.crash.real=all}, and writes {@code target/crash-real.md}.
 */
@Tag("crash")
@Timeout(7200)
class CrashRealTest {
  private static final boolean ALL = "all".equals(System.getProperty("pawl.crash.real"));
  private static final long SEED = Long.getLong("pawl.crash.seed", 1);
  private static final int PER_MODEL = Integer.getInteger("pawl.crash.runs", 2);
  private static final int MOST = 400;

  /** Which cells, by their words: {@code POSTMASTER.*}. */
  private static final String ONLY = System.getProperty("pawl.crash.only", ".*");

  /** What differs from run to run in a message. */
  private static final Pattern NAMES =
      Pattern.compile("\\bs\\d\\b|\\bc\\d+-\\S*|\\w+-\\d+|:\\d{4,5}");

  private static final List<CrashCell> SAMPLE =
      List.of(
          new CrashCell(Signal.KILL, Point.ANSWERED, Fault.LOST, false),
          new CrashCell(Signal.STOP, Point.ARRIVED, Fault.NONE, false),
          new CrashCell(Signal.POSTMASTER, Point.ANSWERED, Fault.NONE, false),
          new CrashCell(Signal.CUT_ANSWER, Point.ANSWERED, Fault.NONE, false));

  @TempDir Path home;
  private Pawl pawl;
  private AdversarialApi api;
  private CrashPostgres postgres;
  private CrashServers servers;

  @BeforeEach
  void start() throws Exception {
    pawl = new Pawl(home);
    api = new AdversarialApi(Duration.ofSeconds(1));
    postgres = new CrashPostgres(home.resolve("postgres"));
    servers = new CrashServers(pawl, postgres, api, home);
  }

  @AfterEach
  void end() throws Exception {
    servers.close();
    pawl.end();
    postgres.close();
    api.close();
  }

  @Test
  void noCrashMakesASecondObject() throws Exception {
    List<CrashCell> cells = new ArrayList<>(ALL ? CrashCell.all() : SAMPLE);
    cells.removeIf(cell -> !cell.toString().matches(ONLY));
    Random random = new Random(SEED);
    if (ALL) {
      Collections.shuffle(cells, random);
    }
    servers.complete();
    List<CrashOutcome> outcomes = new ArrayList<>();
    try (StalledWrites writes = new StalledWrites(servers.databaseUrl())) {
      servers.runUndisturbed();
      for (CrashCell cell : cells) {
        String name = "c" + outcomes.size();
        int disturbed = 1 + random.nextInt(CrashRun.STEPS);
        CrashOutcome outcome =
            new CrashWave(cell, servers, api, writes)
                .run(CrashWave.runs(name, PER_MODEL, disturbed));
        outcomes.add(outcome);
        System.out.println(outcome);
        report(outcomes);
      }
    }
    assertThat(outcomes).flatExtracting(CrashOutcome::violations).isEmpty();
    assertThat(outcomes).allMatch(outcome -> outcome.crashes() > 0);
    assertThat(api.twice()).as("over the whole campaign").isEmpty();
  }

  private void report(List<CrashOutcome> outcomes) throws Exception {
    String rows =
        outcomes.stream().map(CrashOutcome::toString).sorted().collect(Collectors.joining("\n"));
    String reasons =
        outcomes.stream()
            .flatMap(outcome -> outcome.reasons().stream())
            .map(reason -> NAMES.matcher(reason).replaceAll("…"))
            .distinct()
            .map(reason -> "- " + reason.substring(0, Math.min(reason.length(), MOST)))
            .collect(Collectors.joining("\n"));
    Files.writeString(
        Path.of("target/crash-real.md"),
        """
        %s, seed %d, %d runs per cell, Java %s, %d processors; %d runs, %d crashes, %d succeeded, \
        %d in doubt, %d failed, %d violations.

        %s%s

        %s
        """
            .formatted(
                Instant.now(),
                SEED,
                PER_MODEL * CrashRun.MODELS.size(),
                Runtime.version(),
                Runtime.getRuntime().availableProcessors(),
                outcomes.stream().mapToInt(CrashOutcome::runs).sum(),
                outcomes.stream().mapToInt(CrashOutcome::crashes).sum(),
                outcomes.stream().mapToInt(CrashOutcome::succeeded).sum(),
                outcomes.stream().mapToInt(CrashOutcome::inDoubt).sum(),
                outcomes.stream().mapToInt(CrashOutcome::failed).sum(),
                outcomes.stream().mapToInt(o -> o.violations().size()).sum(),
                CrashOutcome.TITLES,
                rows,
                reasons));
  }
}
