package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two servers on a synchronous pair of PostgreSQL under Patroni, whose primary is lost at named
 * points of a run, while a client counts the writes that Pawl has acknowledged. {@code bench/ha}
 * runs it; the build does not, since it needs Debian's packages and a quarter of an hour.
 */
@Tag("crash")
@Timeout(7200)
@EnabledIfSystemProperty(named = HaBed.WAY, matches = "haproxy|jdbc")
class HaTest {
  private static final long SEED = Long.getLong("pawl.crash.seed", 1);
  private static final int PER_MODEL = Integer.getInteger("pawl.crash.runs", 2);
  private static final String ONLY = System.getProperty("pawl.crash.only", ".*");

  @TempDir Path home;
  private HaBed bed;
  private CrashServers servers;
  private final HaReport report = new HaReport(HaBed.way(), HaBed.times(), SEED);

  @BeforeEach
  void start() throws Exception {
    bed = new HaBed(home);
    servers = bed.servers();
  }

  @AfterEach
  void end() throws Exception {
    if (bed != null) {
      bed.close();
    }
  }

  @Test
  void aLostPrimaryLosesNothingAndMakesNothingTwice() throws Exception {
    List<CrashCell> cells = new ArrayList<>(CrashCell.failovers());
    cells.removeIf(cell -> !cell.toString().matches(ONLY));
    Collections.shuffle(cells, new Random(SEED));
    report.commits(bed.cluster().commitMillis());
    List<AcknowledgedWrites> all = new ArrayList<>();
    try (StalledWrites writes = new StalledWrites(servers.databaseUrl())) {
      for (CrashCell cell : cells) {
        all.add(failOver(cell, "f" + all.size(), writes));
        report.write();
      }
    }
    for (AcknowledgedWrites each : all) {
      report.lostLater(each.lost(servers.any()));
    }
    report.write();
    assertThat(report.violations()).isEmpty();
    assertThat(bed.api.twice()).as("over the whole campaign").isEmpty();
    assertThat(bed.cluster().away()).hasSameSizeAs(cells);
  }

  private AcknowledgedWrites failOver(CrashCell cell, String name, StalledWrites writes)
      throws Exception {
    CrashWave wave = new CrashWave(cell, servers, bed.api, writes);
    servers.complete();
    AcknowledgedWrites client = new AcknowledgedWrites(name, servers.any());
    CrashOutcome outcome;
    try (client) {
      outcome = wave.run(CrashWave.runs(name, PER_MODEL, disturbed(cell)));
    }
    report.add(
        new HaReport.Row(
            cell,
            outcome,
            client.count(),
            client.lost(servers.any()),
            client.surprises(),
            bed.cluster().away().getLast(),
            client.longest()));
    return client;
  }

  /** Where steps before the disturbed one must be done, the point says which those are. */
  private static int disturbed(CrashCell cell) {
    return switch (cell.point()) {
      case STARTED -> 1;
      case ENDED -> CrashRun.STEPS;
      default -> 2;
    };
  }
}
