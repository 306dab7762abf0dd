package dev.pawl.server.language;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Inputs that a workflow does not take, with everything wrong with them. */
public final class InvalidInputs extends Exception {
  private final transient List<Violation> violations;

  public InvalidInputs(List<Violation> violations) {
    super(violations.stream().map(Violation::toString).collect(joining("\n")));
    this.violations = List.copyOf(violations);
  }

  /** One for each; paths begin with {@code inputs.}. */
  public List<Violation> violations() {
    return violations;
  }
}
