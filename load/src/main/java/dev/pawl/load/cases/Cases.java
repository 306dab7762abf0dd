package dev.pawl.load.cases;

import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** All that can be measured. */
public final class Cases {
  public static final List<String> NAMES = List.of("workflow", "foreach", "dedup_hit");

  private static final int WIDE = 100;

  private final String keys = UUID.randomUUID().toString();
  private final Runs runs;

  public Cases(Channel channel) {
    this.runs = new Runs(channel);
  }

  /** What runs first and is thrown away: it has the JVMs compile what all cases need. */
  public Case warming() {
    return WorkflowRuns.sequential(10, keys, runs);
  }

  /**
   * The cases of a name.
   *
   * @param steps how many, of those that can have any number of them
   */
  public List<Case> of(String name, List<Integer> steps) {
    List<Case> all = new ArrayList<>();
    switch (name) {
      case "workflow" -> steps.forEach(n -> all.add(WorkflowRuns.sequential(n, keys, runs)));
      case "foreach" -> all.add(WorkflowRuns.forEach(WIDE, keys, runs));
      case "dedup_hit" -> all.add(new Replays(keys, runs));
      default -> throw new IllegalArgumentException("no case " + name + "; there are " + NAMES);
    }
    return all;
  }
}
