package dev.pawl.campaign;

import dev.pawl.campaign.api.Misbehaviour;
import dev.pawl.campaign.process.Trouble;
import java.util.List;
import java.util.function.Supplier;

/**
 * One case, which runs the same every time.
 *
 * @param strategy the resources' way to reconcile
 * @param fault in a few words
 * @param how how the API misbehaves until it is mended
 * @param strangersBefore whether others have made objects of the same names
 * @param kind what Pawl promises about it
 * @param troubles of the processes
 */
public record Case(
    Strategy strategy,
    String fault,
    Supplier<Misbehaviour> how,
    boolean strangersBefore,
    Fault.Kind kind,
    List<Trouble> troubles) {
  public Case {
    troubles = List.copyOf(troubles);
  }

  public static Case of(Strategy strategy, Fault fault, List<Trouble> troubles) {
    return new Case(
        strategy,
        fault.words(),
        fault::misbehaviour,
        fault.hasStrangersBefore(),
        fault.kind(),
        troubles);
  }

  /** How many processes may die before one is left alone. */
  int troubledProcesses() {
    return troubles.stream().mapToInt(Trouble::process).max().orElse(0);
  }

  @Override
  public String toString() {
    return strategy + " / " + fault + " / " + troubles;
  }
}
