package dev.pawl.campaign;

import dev.pawl.campaign.controls.Dropped;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The whole campaign, which writes the certificate, and every cell to {@code target}. */
public final class Campaign {
  private static final Path CELLS = Path.of("target/crash-cells.csv");

  private final int every;
  private final long seed;
  private final int random;
  private final Tally exhaustive = new Tally();
  private final Tally thrown = new Tally();

  /**
   * Nothing runs yet.
   *
   * @param every of the places in a workflow, only each so-manieth
   * @param random so many seeded cases
   * @param seed of the first of them
   */
  Campaign(int every, int random, long seed) {
    this.every = every;
    this.random = random;
    this.seed = seed;
  }

  /**
   * Runs it and writes the certificate.
   *
   * @return whether every promise was kept, but for what is known, and every control was noticed
   */
  boolean run(String version, Path out) throws Exception {
    long started = System.nanoTime();
    Map<Dropped, Set<Violation.Kind>> noticed = new EnumMap<>(Dropped.class);
    all(work(noticed));
    long seconds = (System.nanoTime() - started) / 1_000_000_000;
    Certificate certificate =
        new Certificate(version, every, seed, random, exhaustive, thrown, noticed, seconds);
    Files.writeString(out, certificate.markdown());
    Files.createDirectories(CELLS.getParent());
    Files.writeString(CELLS, certificate.csv());
    return report(certificate, out);
  }

  private List<Runnable> work(Map<Dropped, Set<Violation.Kind>> noticed) {
    List<Runnable> work = new ArrayList<>();
    for (Strategy strategy : Strategy.values()) {
      for (Fault fault : Fault.values()) {
        if (fault.concerns(strategy)) {
          work.add(() -> cell(strategy, fault));
        }
      }
    }
    for (int block = 0; block < random; block += 500) {
      int from = block;
      work.add(() -> thrown(from, Math.min(from + 500, random)));
    }
    for (Dropped precaution : Dropped.values()) {
      work.add(() -> control(precaution, noticed));
    }
    return work;
  }

  private boolean report(Certificate certificate, Path out) {
    List<Result> broken = new ArrayList<>(exhaustive.examples());
    broken.addAll(thrown.examples());
    broken.forEach(r -> System.out.println(r.explain()));
    System.out.println(certificate.summary() + "\nwrote " + out);
    return broken.isEmpty() && certificate.allNoticed();
  }

  private void cell(Strategy strategy, Fault fault) {
    exhaustive.accept(World.run(Case.of(strategy, fault, List.of()), Control.PRODUCTION));
    Exhaustive cell = new Exhaustive(strategy, fault, Control.PRODUCTION, exhaustive);
    cell.deaths(every);
    cell.doubleDeaths(every);
    cell.stops(every);
    cell.others(every);
  }

  private void thrown(int from, int to) {
    for (int i = from; i < to; i++) {
      thrown.accept(World.run(RandomCase.of(seed + i), Control.PRODUCTION));
    }
  }

  private static void control(Dropped precaution, Map<Dropped, Set<Violation.Kind>> noticed) {
    Set<Violation.Kind> seen = EnumSet.noneOf(Violation.Kind.class);
    precaution.run(precaution, 1, r -> r.violations().forEach(v -> seen.add(v.kind())));
    synchronized (noticed) {
      noticed.put(precaution, seen);
    }
  }

  private static void all(List<Runnable> work) throws Exception {
    int threads = Runtime.getRuntime().availableProcessors();
    try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
      List<Future<?>> pending = new ArrayList<>();
      work.forEach(w -> pending.add(workers.submit(w)));
      int done = 0;
      for (Future<?> each : pending) {
        each.get();
        done++;
        if (done % 20 == 0) {
          System.err.println(done + " of " + pending.size() + " cells");
        }
      }
    }
  }
}
