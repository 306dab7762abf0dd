package dev.pawl.cli.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;

/** What came of the failovers, as a table and as JSON in {@code target}. */
final class HaReport {
  private final String way;
  private final String times;
  private final long seed;
  private final List<Row> rows = new ArrayList<>();
  private final Map<String, Double> commits = new LinkedHashMap<>();
  private final List<String> lostLater = new ArrayList<>();

  /**
   * One failover.
   *
   * @param acknowledged how many writes Pawl acknowledged to the client meanwhile
   * @param lost which of them can't be read
   * @param surprises answers that the client could do nothing with
   * @param away seconds from the loss to the next write that PostgreSQL acknowledged
   * @param longest seconds between two writes that Pawl acknowledged to the client
   */
  record Row(
      CrashCell cell,
      CrashOutcome outcome,
      int acknowledged,
      List<String> lost,
      List<String> surprises,
      double away,
      double longest) {
    List<String> violations() {
      List<String> all = new ArrayList<>(outcome.violations());
      lost.forEach(each -> all.add(cell + ": lost: " + each));
      surprises.forEach(each -> all.add(cell + ": " + each));
      return all;
    }

    @Override
    public String toString() {
      return "| %s | %s | %s | %d | %d | %d | %d | %d | %d | %d | %.1f | %.1f |"
          .formatted(
              cell.signal(),
              cell.point().words,
              cell.fault(),
              outcome.runs(),
              outcome.succeeded(),
              outcome.inDoubt(),
              outcome.failed(),
              violations().size(),
              acknowledged,
              lost.size(),
              away,
              longest);
    }
  }

  HaReport(String way, String times, long seed) {
    this.way = way;
    this.times = times;
    this.seed = seed;
  }

  /** Medians in ms, by {@code synchronous_commit}. */
  void commits(Map<String, Double> millis) {
    commits.putAll(millis);
  }

  void add(Row row) {
    rows.add(row);
    System.out.println(row);
    row.violations().forEach(System.out::println);
    row.outcome().reasons().forEach(System.out::println);
  }

  /** What was there after its own failover and is not after all of them. */
  void lostLater(List<String> gone) {
    lostLater.addAll(gone);
  }

  List<String> violations() {
    List<String> all = new ArrayList<>(lostLater);
    rows.forEach(row -> all.addAll(row.violations()));
    return all;
  }

  void write() throws IOException {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("way", way).put("times", times).put("seed", seed).put("at", Instant.now().toString());
    json.put("failovers", rows.size());
    json.put("runs", sum(row -> row.outcome().runs()));
    json.put("succeeded", sum(row -> row.outcome().succeeded()));
    json.put("inDoubt", sum(row -> row.outcome().inDoubt()));
    json.put("failed", sum(row -> row.outcome().failed()));
    json.put("violations", violations().size());
    json.put("acknowledged", sum(Row::acknowledged));
    json.put("lost", sum(row -> row.lost().size()) + lostLater.size());
    commits.forEach((level, millis) -> json.withObject("/commitMillis").put(level, millis));
    for (CrashCell.Signal signal : CrashCell.Signal.values()) {
      List<Row> of = rows.stream().filter(row -> row.cell().signal() == signal).toList();
      if (!of.isEmpty()) {
        List<Double> away = of.stream().map(Row::away).sorted().toList();
        List<Double> longest = of.stream().map(Row::longest).sorted().toList();
        json.withObject("/seconds/" + signal)
            .put("failovers", of.size())
            .put("awayP50", away.get(away.size() / 2))
            .put("awayMax", away.getLast())
            .put("clientP50", longest.get(longest.size() / 2))
            .put("clientMax", longest.getLast());
      }
    }
    ArrayNode each = json.putArray("rows");
    for (Row row : rows) {
      ObjectNode one = each.addObject();
      one.put("lost", row.cell().signal().name()).put("point", row.cell().point().words);
      one.put("api", row.cell().fault().name()).put("runs", row.outcome().runs());
      one.put("succeeded", row.outcome().succeeded()).put("inDoubt", row.outcome().inDoubt());
      one.put("failed", row.outcome().failed()).put("acknowledged", row.acknowledged());
      one.put("lostWrites", row.lost().size()).put("away", row.away());
      one.put("client", row.longest());
      row.violations().forEach(one.putArray("violations")::add);
      row.outcome().reasons().forEach(one.putArray("reasons")::add);
    }
    String name = "ha-" + way + "-" + times;
    Files.writeString(Path.of("target", name + ".json"), json.toPrettyString() + "\n");
    Files.writeString(Path.of("target", name + ".md"), table());
  }

  private String table() {
    StringBuilder text =
        new StringBuilder(
            """
            | lost | point | API | runs | succeeded | in doubt | failed | violations | acknowledged writes | lost writes | s without a primary | s between two acknowledged writes |
            |---|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|
            """);
    rows.stream().map(Row::toString).sorted().forEach(row -> text.append(row).append('\n'));
    return text.toString();
  }

  private int sum(ToIntFunction<Row> what) {
    return rows.stream().mapToInt(what).sum();
  }
}
