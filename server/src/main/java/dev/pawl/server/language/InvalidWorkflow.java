package dev.pawl.server.language;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** A workflow file with problems; all of them, in the order of their places. */
public final class InvalidWorkflow extends Exception {
  /** More problems than this are counted, not shown. */
  static final int SHOWN = 100;

  private final transient List<Problem> problems;

  public InvalidWorkflow(List<Problem> problems) {
    super(message(problems));
    this.problems = List.copyOf(problems);
  }

  /** All problems, also those beyond the ones the message shows. */
  public List<Problem> problems() {
    return problems;
  }

  private static String message(List<Problem> problems) {
    String shown = problems.stream().limit(SHOWN).map(Problem::toString).collect(joining("\n"));
    int more = problems.size() - SHOWN;
    return more > 0 ? shown + "\nand " + more + " more" : shown;
  }
}
