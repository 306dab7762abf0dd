package dev.pawl.campaign;

import dev.pawl.campaign.Result.End;
import dev.pawl.campaign.Tally.Cell;
import dev.pawl.campaign.Tally.Count;
import dev.pawl.campaign.controls.Dropped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the campaign has shown, as a page. */
final class Certificate {
  private static final String HEAD = "| cases | ended PRESENT | IN_DOUBT | FAILED | violations |";
  private static final String LINE = "---:|---:|---:|---:|---:|";

  private final String version;
  private final int every;
  private final long seed;
  private final int random;
  private final Tally exhaustive;
  private final Tally thrown;
  private final Map<Dropped, Set<Violation.Kind>> noticed;
  private final long seconds;

  Certificate(
      String version,
      int every,
      long seed,
      int random,
      Tally exhaustive,
      Tally thrown,
      Map<Dropped, Set<Violation.Kind>> noticed,
      long seconds) {
    this.version = version;
    this.every = every;
    this.seed = seed;
    this.random = random;
    this.exhaustive = exhaustive;
    this.thrown = thrown;
    this.noticed = noticed;
    this.seconds = seconds;
  }

  String summary() {
    Count all = total(c -> !c.beyond());
    return "%d cases in %d s: %d violations, %d known ones; %d of %d negative controls noticed"
        .formatted(
            exhaustive.cases() + thrown.cases(),
            seconds,
            all.violated,
            all.known,
            noticed.keySet().stream().filter(this::isNoticed).count(),
            Dropped.values().length);
  }

  boolean allNoticed() {
    return noticed.keySet().stream().filter(this::isNoticed).count() == Dropped.values().length;
  }

  private boolean isNoticed(Dropped precaution) {
    return noticed.getOrDefault(precaution, Set.of()).stream()
        .anyMatch(precaution.harm()::contains);
  }

  private Count total(Predicate<Cell> which) {
    Count all = new Count();
    List.of(exhaustive, thrown)
        .forEach(
            t ->
                t.cells()
                    .forEach(
                        (cell, count) -> {
                          if (which.test(cell)) {
                            all.add(count);
                          }
                        }));
    return all;
  }

  String markdown() {
    List<String> out = new ArrayList<>();
    out.add("# Crash certificate");
    out.add("");
    out.add(
        "Written by `bench/crash`; what it means is in [crash-campaign.md](crash-campaign.md).");
    out.add("");
    out.add("## Layer 1: in process, on virtual time");
    out.add("");
    out.add("Version `%s`. %s.".formatted(version, summary()));
    out.add(
        "Exhaustive: %d cases, every %s place. Random: %d cases, seeds %d to %d."
            .formatted(
                exhaustive.cases(),
                every == 1 ? "single" : every + "th",
                thrown.cases(),
                seed,
                seed + random - 1));
    table(out, "By strategy", "strategy", c -> !c.beyond(), Cell::strategy);
    table(out, "By trouble", "trouble of the first process", c -> !c.beyond(), Cell::kind);
    table(out, "By place of the first trouble", "place", c -> !c.beyond(), Cell::point);
    table(
        out,
        "By strategy and fault",
        "strategy, fault",
        c -> !c.beyond(),
        c -> c.strategy() + ", " + c.fault());
    table(
        out,
        "Where the API breaks what every client takes for granted",
        "strategy, fault",
        Cell::beyond,
        c -> c.strategy() + ", " + c.fault());
    known(out);
    controls(out);
    return String.join("\n", out) + "\n";
  }

  private void table(
      List<String> out,
      String title,
      String column,
      Predicate<Cell> which,
      Function<Cell, String> group) {
    out.add("");
    out.add("### " + title);
    out.add("");
    out.add("| " + column + " " + HEAD);
    out.add("|---|" + LINE);
    Map<String, Count> rows = new TreeMap<>();
    for (Tally tally : List.of(exhaustive, thrown)) {
      tally
          .cells()
          .forEach(
              (cell, count) -> {
                if (which.test(cell)) {
                  rows.computeIfAbsent(group.apply(cell), unused -> new Count()).add(count);
                }
              });
    }
    rows.forEach((name, count) -> out.add("| " + name + " | " + cells(count) + " |"));
  }

  private static String cells(Count count) {
    String kinds =
        count.kinds.entrySet().stream()
            .map(e -> e.getKey() + " " + e.getValue())
            .collect(Collectors.joining(", "));
    return "%d | %d | %d | %d | %d%s%s"
        .formatted(
            count.cases,
            count.ended(End.PRESENT),
            count.ended(End.IN_DOUBT),
            count.ended(End.FAILED),
            count.violated,
            kinds.isEmpty() ? "" : " (" + kinds + ")",
            count.known == 0 ? "" : ", known " + count.known);
  }

  private static void known(List<String> out) {
    if (Known.values().length == 0) {
      return;
    }
    out.add("");
    out.add("### Known violations");
    out.add("");
    for (Known known : Known.values()) {
      out.add("- `" + known + "`: " + known.words());
    }
  }

  private void controls(List<String> out) {
    out.add("");
    out.add("### Negative controls");
    out.add("");
    out.add("| taken out | cell | promises seen broken | noticed |");
    out.add("|---|---|---|---|");
    for (Dropped precaution : Dropped.values()) {
      out.add(
          "| %s | %s, %s | %s | %s |"
              .formatted(
                  precaution.rule(),
                  precaution.strategy(),
                  precaution.fault().words(),
                  noticed.getOrDefault(precaution, Set.of()).stream()
                      .map(Enum::name)
                      .collect(Collectors.joining(", ")),
                  isNoticed(precaution) ? "yes" : "**no**"));
    }
  }

  /** Every cell: strategy, fault, trouble, place, cases, ends, violations. */
  String csv() {
    StringBuilder out =
        new StringBuilder(
            "strategy,fault,trouble,place,cases,present,in_doubt,failed,violations,known\n");
    for (Tally tally : List.of(exhaustive, thrown)) {
      tally
          .cells()
          .forEach(
              (c, n) ->
                  out.append(
                      "%s,\"%s\",%s,\"%s\",%d,%d,%d,%d,%d,%d\n"
                          .formatted(
                              c.strategy(),
                              c.fault(),
                              c.kind(),
                              c.point(),
                              n.cases,
                              n.ended(End.PRESENT),
                              n.ended(End.IN_DOUBT),
                              n.ended(End.FAILED),
                              n.violated,
                              n.known)));
    }
    return out.toString();
  }
}
