package dev.pawl.server.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pawl.v1.GetRunRequest;
import dev.pawl.v1.Run;
import dev.pawl.v1.RunStatus;
import dev.pawl.v1.StartRunRequest;
import dev.pawl.v1.WatchRunRequest;
import dev.pawl.v1.WorkflowDefinition;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Measures what a run costs by its size and prints a table. It takes the machine's time and checks
 * no figure, so it is no part of the build: {@code bench/scale} starts it.
 */
class ScaleBench {
  private static final int ROUNDS = Integer.getInteger("pawl.scale.rounds", 3);
  private static final List<Case> CASES = cases();

  @TempDir Path home;

  private record Case(Shape shape, int n) {}

  private static List<Case> cases() {
    List<Case> all = new ArrayList<>();
    for (String shape : words("pawl.scale.shapes", "SEQUENTIAL,PARALLEL,FOR_EACH,FOR_EACH_BY_8")) {
      for (String n : words("pawl.scale.sizes", "100,1000,10000")) {
        all.add(new Case(Shape.valueOf(shape), Integer.parseInt(n)));
      }
    }
    return all;
  }

  private static List<String> words(String property, String otherwise) {
    return List.of(System.getProperty(property, otherwise).split(","));
  }

  @Test
  void measures() throws Exception {
    Map<Case, List<Measured>> figures = new LinkedHashMap<>();
    try (BenchDatabase database = BenchDatabase.start(home.resolve("database"));
        BenchedServer server = BenchedServer.start(database.settings(), home.resolve("server"))) {
      // What is not compiled yet would be counted as the first case's.
      for (Shape shape : Shape.values()) {
        for (int i = 0; i < 2; i++) {
          measure(new Case(shape, 300), database, server);
        }
      }
      // Rounds, so that what else the machine does meets all cases alike.
      for (int round = 0; round < ROUNDS; round++) {
        for (Case each : CASES) {
          figures
              .computeIfAbsent(each, ignored -> new ArrayList<>())
              .add(measure(each, database, server));
        }
      }
    }
    print(figures);
  }

  private static Measured measure(Case each, BenchDatabase database, BenchedServer server)
      throws Exception {
    StartRunRequest request =
        StartRunRequest.newBuilder()
            .setDefinition(
                WorkflowDefinition.newBuilder()
                    .setText(each.shape.workflow(each.n))
                    .setFileName("scale.yaml"))
            .setInputsJson(each.shape.inputs(each.n))
            .build();
    database.checkpoint();
    long size = database.size();
    long wal = database.wal();
    long databaseCpu = database.cpu().toNanos();
    BenchedServer.Used before = server.used();
    long began = System.nanoTime();
    String run = toTheEnd(server, request);
    long nanos = System.nanoTime() - began;
    System.out.printf("%s, %d steps: %d ms%n", each.shape.title(), each.n, nanos / 1_000_000);
    BenchedServer.Used after = server.used();
    return new Measured(
        each.n,
        nanos / 1e9,
        (after.cpuNanos() - before.cpuNanos()) / 1e9,
        (database.cpu().toNanos() - databaseCpu) / 1e9,
        after.allocated() - before.allocated(),
        after.peak(),
        after.live(),
        database.wal() - wal,
        database.size() - size,
        database.rows(run));
  }

  /** As {@code pawl run} does: starts and watches. */
  private static String toTheEnd(BenchedServer server, StartRunRequest request) {
    String id = server.runs().startRun(request).getRun().getRunId();
    server
        .runs()
        .watchRun(WatchRunRequest.newBuilder().setRunId(id).build())
        .forEachRemaining(event -> {});
    Run run = server.runs().getRun(GetRunRequest.newBuilder().setRunId(id).build()).getRun();
    assertThat(run.getStatus()).as(run.getMessage()).isEqualTo(RunStatus.RUN_STATUS_SUCCEEDED);
    return id;
  }

  private static void print(Map<Case, List<Measured>> figures) {
    StringBuilder table = new StringBuilder(Measured.head());
    Map<Shape, Measured> smallest = new EnumMap<>(Shape.class);
    figures.forEach(
        (each, all) -> {
          Measured here = Measured.median(all);
          Measured first = smallest.computeIfAbsent(each.shape, shape -> here);
          table.append(here.row(each.shape.title(), first));
        });
    System.out.println(table);
  }
}
