package dev.pawl.campaign;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Counts cases by cell, and keeps the first of each kind of violation. */
public final class Tally implements Consumer<Result> {
  private final Map<Cell, Count> cells = new TreeMap<>();
  private final Map<String, Result> examples = new LinkedHashMap<>();
  private long cases;

  /**
   * Where a case belongs.
   *
   * @param trouble the kind of the first trouble, and where it struck first
   */
  public record Cell(String strategy, String fault, String kind, String point, boolean beyond)
      implements Comparable<Cell> {
    @Override
    public int compareTo(Cell other) {
      return toString().compareTo(other.toString());
    }
  }

  /** What came of the cases of one cell. */
  public static final class Count {
    final Map<Result.End, Long> ends = new EnumMap<>(Result.End.class);
    final Map<Violation.Kind, Long> kinds = new EnumMap<>(Violation.Kind.class);
    long cases;
    long violated;
    long known;

    void add(Count other) {
      cases += other.cases;
      violated += other.violated;
      known += other.known;
      other.ends.forEach((end, n) -> ends.merge(end, n, Long::sum));
      other.kinds.forEach((kind, n) -> kinds.merge(kind, n, Long::sum));
    }

    long ended(Result.End end) {
      return ends.getOrDefault(end, 0L);
    }
  }

  @Override
  public synchronized void accept(Result result) {
    cases++;
    Count count = cells.computeIfAbsent(cell(result), unused -> new Count());
    count.cases++;
    count.ends.merge(result.end(), 1L, Long::sum);
    List<Violation> unknown =
        result.violations().stream().filter(v -> !Known.covers(result, v)).toList();
    count.violated += unknown.isEmpty() ? 0 : 1;
    count.known += unknown.isEmpty() && !result.violations().isEmpty() ? 1 : 0;
    unknown.stream()
        .map(Violation::kind)
        .distinct()
        .forEach(k -> count.kinds.merge(k, 1L, Long::sum));
    boolean worthKeeping = !unknown.isEmpty() && result.what().kind() == Fault.Kind.WITHIN;
    if (worthKeeping) {
      unknown.forEach(v -> examples.putIfAbsent(cell(result).fault() + " " + v.kind(), result));
    }
  }

  private static Cell cell(Result result) {
    Case what = result.what();
    boolean random = what.fault().startsWith("seed ");
    return new Cell(
        what.strategy().name(),
        random ? "random" : what.fault(),
        random ? "random" : kinds(what),
        result.struckAt(),
        what.kind() == Fault.Kind.BEYOND);
  }

  private static String kinds(Case what) {
    if (what.troubles().isEmpty()) {
      return "none";
    }
    String kind = what.troubles().get(0).kind().name();
    return what.troubles().size() > 1 ? kind + " twice" : kind;
  }

  public synchronized long cases() {
    return cases;
  }

  public synchronized Map<Cell, Count> cells() {
    return new TreeMap<>(cells);
  }

  /** Cases within the promise that broke it and are not known: one of each fault and promise. */
  public synchronized List<Result> examples() {
    return examples.values().stream().distinct().toList();
  }
}
