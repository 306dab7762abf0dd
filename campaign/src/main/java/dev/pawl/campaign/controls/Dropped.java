package dev.pawl.campaign.controls;

import dev.pawl.campaign.Control;
import dev.pawl.campaign.Exhaustive;
import dev.pawl.campaign.Fault;
import dev.pawl.campaign.Result;
import dev.pawl.campaign.Strategy;
import dev.pawl.campaign.Violation;
import dev.pawl.model.Pacer;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.http.Connection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The precautions that can be taken out, each with a cell of the campaign that has to notice. */
public enum Dropped implements Control {
  INTENT(
      "the intent is written before the send",
      Strategy.MARKER,
      Fault.NONE,
      Set.of(Violation.Kind.SILENTLY_TWICE)),
  QUARANTINE(
      "nothing counts as absent before the quarantine has passed",
      Strategy.NATURAL_KEY,
      Fault.LATE_COMMIT,
      Set.of(Violation.Kind.SILENTLY_TWICE)),
  FENCE(
      "a write under an old claim is refused",
      Strategy.MARKER,
      Fault.LOST_AFTER_COMMIT,
      Set.of(Violation.Kind.STALE_WRITE)),
  SECOND_LOOK(
      "absence has to be seen twice, a settle time apart",
      Strategy.MARKER,
      Fault.STALE_REPLICA,
      Set.of(Violation.Kind.SILENTLY_TWICE)),
  BASELINE(
      "what existed before the send is not ours",
      Strategy.NATURAL_KEY,
      Fault.SAME_NAMES_BEFORE_NOT_MADE,
      Set.of(Violation.Kind.NOT_ONE)),
  UNKNOWN(
      "what is unknown is not taken for absent",
      Strategy.KEY,
      Fault.READS_HTML_404,
      Set.of(Violation.Kind.SILENTLY_TWICE)),
  GUARD(
      "the lease is asked again before the first byte",
      Strategy.MARKER,
      Fault.LOST_BEFORE_COMMIT,
      Set.of(Violation.Kind.TWICE, Violation.Kind.SILENTLY_TWICE)),
  TOKEN(
      "a send in doubt is repeated under its own token",
      Strategy.KEY,
      Fault.LOST_AFTER_COMMIT,
      Set.of(Violation.Kind.SILENTLY_TWICE));

  private final String rule;
  private final Strategy strategy;
  private final Fault fault;
  private final Set<Violation.Kind> harm;

  Dropped(String rule, Strategy strategy, Fault fault, Set<Violation.Kind> harm) {
    this.rule = rule;
    this.strategy = strategy;
    this.fault = fault;
    this.harm = harm;
  }

  /** What is taken out. */
  public String rule() {
    return rule;
  }

  public Strategy strategy() {
    return strategy;
  }

  public Fault fault() {
    return fault;
  }

  /** The promises of which at least one has to be seen broken. */
  public Set<Violation.Kind> harm() {
    return harm;
  }

  /** The cell that has to notice: a death or a stop at every n-th place. */
  public void run(Control control, int every, Consumer<Result> tell) {
    Exhaustive cell = new Exhaustive(strategy, fault, control, tell);
    switch (this) {
      case FENCE, GUARD -> cell.stops(every, List.of(30, Integer.MAX_VALUE));
      default -> cell.deaths(every);
    }
  }

  @Override
  public DataRepository store(DataRepository store) {
    return switch (this) {
      case INTENT -> new ForgetsDeadClaims(store);
      case QUARANTINE -> new NoQuarantine(store);
      case FENCE -> new AcceptsStaleWrites(store);
      case BASELINE -> new EmptyBaseline(store);
      case SECOND_LOOK, UNKNOWN, GUARD, TOKEN -> store;
    };
  }

  @Override
  public Connection connection(Connection api, Pacer time) {
    UnaryOperator<Connection> altered =
        switch (this) {
          case SECOND_LOOK -> c -> new OneLook(c, time);
          case UNKNOWN -> UnknownIsAbsent::new;
          case GUARD -> NoGuard::new;
          case TOKEN -> NewTokens::new;
          case INTENT, QUARANTINE, FENCE, BASELINE -> c -> c;
        };
    return altered.apply(api);
  }
}
