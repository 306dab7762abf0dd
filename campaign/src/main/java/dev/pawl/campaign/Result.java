package dev.pawl.campaign;

import dev.pawl.campaign.process.Life;
import dev.pawl.campaign.process.Lives;
import dev.pawl.model.data.ResourceState;
import java.util.ArrayList;
import java.util.List;

/**
 * How a case ended.
 *
 * @param what the case
 * @param journal what was seen
 * @param violations broken promises; empty: all were kept
 * @param lives its processes
 */
public record Result(Case what, Journal journal, List<Violation> violations, Lives lives) {
  public Result {
    violations = List.copyOf(violations);
  }

  /** The worst that a key came to. */
  public enum End {
    PRESENT,
    FAILED,
    IN_DOUBT
  }

  public End end() {
    End worst = End.PRESENT;
    for (var row : journal.rows.values()) {
      if (row.effectiveState() == ResourceState.IN_DOUBT) {
        return End.IN_DOUBT;
      }
      worst = row.effectiveState() == ResourceState.PRESENT ? worst : End.FAILED;
    }
    return worst;
  }

  /** How many events a process had; 0 where it never began. */
  public int events(int process) {
    List<Life> all = lives.all();
    return process > all.size() ? 0 : all.get(process - 1).events();
  }

  /** The place where the first process was first struck. */
  public String struckAt() {
    return lives.all().stream()
        .flatMap(life -> life.struck().values().stream())
        .findFirst()
        .orElse("nowhere");
  }

  /** All that is needed to understand it. */
  public String explain() {
    List<String> lines = new ArrayList<>();
    lines.add(what.toString());
    violations.forEach(v -> lines.add("  VIOLATION " + v));
    journal
        .ledger
        .sends()
        .forEach(s -> lines.add("  " + s + " at " + s.at() + " commit " + s.commitAt()));
    journal.ledger.things().forEach(t -> lines.add("  " + t + " removed " + t.removedAt()));
    journal.answers.forEach(a -> lines.add("  " + a.step() + " " + a));
    journal.rows.forEach(
        (s, r) -> lines.add("  " + s + " " + r.effectiveState() + " " + r.externalId()));
    journal.evidence.forEach((s, e) -> e.forEach(w -> lines.add("  " + s + " evidence " + w)));
    lives.trace().forEach(t -> lines.add("    " + t));
    return String.join("\n", lines);
  }
}
