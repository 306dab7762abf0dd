package dev.pawl.load.cases;

import io.grpc.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** All that can be measured. */
public final class Cases {
  /** One kind of operation each. */
  public static final List<String> ALONE =
      List.of(
          "workflow",
          "method",
          "foreach",
          "dedup_hit",
          "createorget_hit",
          "createorget_miss",
          "list_runs",
          "create",
          "create_step");

  /** Those that need an API. */
  public static final List<String> OF_API = List.of("create", "create_step");

  private static final int WIDE = 100;

  private final String keys = UUID.randomUUID().toString();
  private final Channel channel;
  private final Runs runs;

  public Cases(Channel channel) {
    this.channel = channel;
    this.runs = new Runs(channel);
  }

  /** What runs first and is thrown away: it has the JVMs compile what all cases need. */
  public Case warming() {
    return mix(keys + "-warming");
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
      case "method" -> all.add(new MethodCalls(keys, channel));
      case "createorget_hit" -> all.add(new ClaimHits(keys, new Claims(channel)));
      case "createorget_miss" -> all.add(new ClaimMisses(keys, new Claims(channel)));
      case "list_runs" -> all.add(new RunLists(keys, runs, channel));
      case "create" -> all.add(new Creates(keys, channel));
      case "create_step" -> steps.forEach(n -> all.add(new CreateSteps(n, keys, runs)));
      case "mix" -> all.add(mix(keys));
      default ->
          throw new IllegalArgumentException(
              "no case " + name + "; there are " + ALONE + " and mix");
    }
    return all;
  }

  /** What a server does all day: of ten operations four runs, three claims of what is there. */
  private Case mix(String keys) {
    Case one = WorkflowRuns.sequential(1, keys, runs);
    Case hit = new ClaimHits(keys, new Claims(channel));
    Case miss = new ClaimMisses(keys, new Claims(channel));
    return new Mix(
        List.of(
            one,
            hit,
            miss,
            one,
            new Replays(keys, runs),
            hit,
            one,
            miss,
            WorkflowRuns.sequential(10, keys, runs),
            hit));
  }
}
