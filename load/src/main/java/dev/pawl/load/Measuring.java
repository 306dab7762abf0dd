package dev.pawl.load;

import dev.pawl.load.cases.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is measured and how: the options that all systems share. */
final class Measuring {
  private static final int FEWEST_WARMING = 8;

  /** Cores that others may use before and during a measure: as the peers' harness has it. */
  private static final double IDLE = 0.25;

  private static final double NOISE = 0.30;

  @Option(
      names = "--database-url",
      required = true,
      paramLabel = "jdbc:…",
      description = "Dropped and made anew; its name must begin with bench_.")
  String databaseUrl = "";

  @Option(names = "--n", split = ",", description = "Steps of a workflow.")
  List<Integer> steps = List.of(1, 10, 100);

  @Option(names = "--c", split = ",", description = "Callers of the closed loop; 0: none.")
  List<Integer> callers = List.of(1, 8, 32);

  @Option(
      names = "--load",
      split = ",",
      description = "Fixed rates besides, as parts of the closed loop's highest, as in 0.7.")
  List<Double> loads = List.of();

  @Option(names = "--rate", split = ",", description = "Fixed rates besides, in operations/s.")
  List<Double> rates = List.of();

  @Option(names = "--most", description = "Operations under way at a fixed rate.")
  int most = 1_000;

  @Option(names = "--jit", description = "Seconds of a first measure that is thrown away.")
  double jit = 8;

  @Option(names = "--warm", description = "Seconds before each window.")
  double warm = 2;

  @Option(names = "--window", description = "Seconds of each.")
  double window = 10;

  @Option(names = "--rate-window", description = "Seconds of each at a fixed rate; as --window.")
  double rateWindow;

  @Option(names = "--patience", description = "Seconds to wait for a quiet machine each time.")
  int patience = 10;

  @Option(names = "--again", description = "How many times a noisy measure is repeated.")
  int again = 1;

  @Option(names = "--round", description = "What results say.")
  int round;

  @Option(names = "--out", paramLabel = "FILE", description = "Lines are added to it too.")
  @Nullable Path out;

  /**
   * Measures them one after another.
   *
   * @param peer what results call the system
   * @param warming what is done first and thrown away
   */
  void run(String peer, Case warming, List<Case> cases, Usage.Parts parts) throws Exception {
    Measure measure =
        new Measure(peer, round, parts, new Measure.Quiet(patience, IDLE, NOISE, again));
    if (jit > 0) {
      warming.prepare();
      int warmers = callers.stream().reduce(FEWEST_WARMING, Math::max);
      measure.once(warming, new ClosedLoop(warmers), new Loop.Lengths(0, jit));
    }
    for (Case each : cases) {
      each.prepare();
      run(each, measure);
    }
  }

  private void run(Case each, Measure measure) throws Exception {
    Loop.Lengths lengths = new Loop.Lengths(warm, window);
    double highest = 0;
    for (int c : callers) {
      if (c > 0) {
        Measured closed = measure.run(each, new ClosedLoop(c), lengths);
        highest = Math.max(highest, closed.outcome().rate());
        say(closed);
      }
    }
    List<Double> asked = new ArrayList<>(rates);
    for (double part : loads) {
      asked.add(part * highest);
    }
    Loop.Lengths held = new Loop.Lengths(warm, rateWindow > 0 ? rateWindow : window);
    for (double rate : asked) {
      if (rate > 0) {
        say(measure.run(each, new FixedRate(rate, most), held));
      }
    }
  }

  private void say(Measured measured) throws IOException {
    String line = measured.line();
    System.out.println(line);
    if (out != null) {
      Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
    Throwable first = measured.outcome().first();
    if (first != null) {
      System.err.println("first of " + measured.outcome().failures() + " failures: " + first);
    }
  }
}
