package dev.pawl.bench;

import dev.pawl.bench.Peer.End;
import dev.pawl.cli.e2e.AdversarialApi;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of one system at one point. */
final class Cell {
  private static final int STEPS = 5;

  private final Map<End, Integer> ends = new EnumMap<>(End.class);
  private int workflows;
  private int crashes;
  private int keys;
  private int objects;
  private int missing;
  private int duplicates;
  private int worst;
  private int again;

  /** Counts a workflow that has had its time; {@code end} is null if it has not ended. */
  void count(String id, Point point, End end, AdversarialApi api) {
    workflows++;
    crashes += point.kills;
    if (end != null) {
      ends.merge(end, 1, Integer::sum);
    }
    for (int i = 1; i <= STEPS; i++) {
      String name = id + "-s" + i;
      int made = api.made(name).size();
      keys++;
      objects += made;
      missing += made == 0 ? 1 : 0;
      duplicates += Math.max(0, made - 1);
      worst = Math.max(worst, made);
      again += (int) Math.max(0, api.posts(name) - 1);
    }
  }

  static List<String> titles() {
    return List.of(
        "workflows", "crashes", "succeeded", "failed", "in doubt", "no end", "keys", "objects",
        "most per key", "keys without", "duplicates", "per 1,000 crashes", "POSTs sent again");
  }

  List<String> cells() {
    int ended = ends.values().stream().mapToInt(Integer::intValue).sum();
    return List.of(
            workflows,
            crashes,
            ends.getOrDefault(End.SUCCEEDED, 0),
            ends.getOrDefault(End.FAILED, 0),
            ends.getOrDefault(End.IN_DOUBT, 0),
            workflows - ended,
            keys,
            objects,
            worst,
            missing,
            duplicates,
            crashes == 0 ? "-" : Math.round(1000.0 * duplicates / crashes),
            again)
        .stream()
        .map(String::valueOf)
        .toList();
  }
}
