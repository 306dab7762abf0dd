package dev.pawl.server.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one run took.
 *
 * @param n steps
 * @param seconds from StartRun to the end of the watch
 * @param serverCpu seconds of CPU of the server's process
 * @param databaseCpu seconds of CPU of PostgreSQL's processes
 * @param allocated bytes the server allocated
 * @param peak bytes of heap, the most after a collection during the run
 * @param live bytes of heap after a full collection at its end
 * @param wal bytes of write-ahead log
 * @param stored bytes by which the database has grown
 * @param rows of the run in the tables of steps and events
 */
record Measured(
    int n,
    double seconds,
    double serverCpu,
    double databaseCpu,
    double allocated,
    double peak,
    double live,
    double wal,
    double stored,
    double rows) {
  private static final double MEBI = 1 << 20;
  private static final double KIBI = 1 << 10;

  /** Each figure's own median; of an even number, the larger one in the middle. */
  static Measured median(List<Measured> all) {
    return new Measured(
        all.get(0).n,
        median(all, Measured::seconds),
        median(all, Measured::serverCpu),
        median(all, Measured::databaseCpu),
        median(all, Measured::allocated),
        median(all, Measured::peak),
        median(all, Measured::live),
        median(all, Measured::wal),
        median(all, Measured::stored),
        median(all, Measured::rows));
  }

  private static double median(List<Measured> all, ToDoubleFunction<Measured> figure) {
    List<Double> sorted =
        all.stream().map(figure::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
    return sorted.get(sorted.size() / 2);
  }

  static String head() {
    return """
    | case | steps | wall s | ms/step | ratio | server CPU ms/step | database CPU ms/step \
    | KiB allocated/step | ratio | heap peak MiB | heap after MiB | WAL KiB/step \
    | stored KiB/step | rows/step |
    |---|---|---|---|---|---|---|---|---|---|---|---|---|---|
    """;
  }

  /** A row of the table; the ratios are by step, to the smallest of its kind. */
  String row(String title, Measured smallest) {
    return String.format(
        Locale.ROOT,
        "| %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f | %.0f | %.2f | %.0f | %.0f | %.1f | %.1f"
            + " | %.1f |%n",
        title,
        n,
        seconds,
        seconds * 1000 / n,
        seconds / n / (smallest.seconds / smallest.n),
        serverCpu * 1000 / n,
        databaseCpu * 1000 / n,
        allocated / KIBI / n,
        allocated / n / (smallest.allocated / smallest.n),
        peak / MEBI,
        live / MEBI,
        wal / KIBI / n,
        stored / KIBI / n,
        rows / n);
  }
}
