package dev.pawl.server.run;

import java.util.List;

/**
 * What a run or a retry would do.
 *
 * @param attempt the attempt it was made on; 0 for a run that does not exist yet
 * @param warnings sentences to read before doing it
 */
public record Plan(int attempt, List<PlannedStep> steps, List<String> warnings) {
  public Plan {
    steps = List.copyOf(steps);
    warnings = List.copyOf(warnings);
  }
}
