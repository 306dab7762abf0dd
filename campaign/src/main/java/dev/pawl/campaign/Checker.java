package dev.pawl.campaign;

import dev.pawl.campaign.Violation.Kind;
import dev.pawl.campaign.api.Sent;
import dev.pawl.campaign.api.Thing;
import dev.pawl.campaign.process.Trouble;
import dev.pawl.model.MethodException.Effect;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Decides whether Pawl kept its promises. Reads the API's ledger and Pawl's answers and rows, and
 * nothing of how they came about.
 */
final class Checker {
  /** A quarantine and a settle time with the default settings. */
  private static final Duration LOOK_DUE = Duration.ofSeconds(47);

  private final Case what;
  private final Journal journal;
  private final List<Violation> out = new ArrayList<>();

  Checker(Case what, Journal journal) {
    this.what = what;
    this.journal = journal;
  }

  List<Violation> run() {
    out.addAll(journal.seen);
    journal.unexpected.forEach(e -> tell(Kind.CRASHED, "", e.toString()));
    for (String step : World.STEPS) {
      atMostOne(step);
      exactlyOneOnceCompleted(step);
      answersAgree(step);
      completedNotSentAgain(step);
      notSentWithoutProof(step);
      notResurrected(step);
      definite(step);
    }
    oneOwner();
    return out;
  }

  private void tell(Kind kind, String step, String words) {
    out.add(new Violation(kind, step, words));
  }

  private StoredResource row(String step) {
    return Objects.requireNonNull(journal.rows.get(step));
  }

  /**
   * Whether a packet may be on its way after its sender's lease, or the API breaks the rules. Who
   * is stopped before it asks whether it may send does not send.
   */
  private boolean mayBeTwo() {
    return what.kind() == Fault.Kind.BEYOND
        || journal.struck.entrySet().stream().anyMatch(e -> mayBeLate(e.getKey(), e.getValue()));
  }

  static boolean mayBeLate(Trouble trouble, String point) {
    return trouble.kind() == Trouble.Kind.SUSPENDED
        || (trouble.kind() == Trouble.Kind.STOPS && point.equals("POST allowed, not sent"));
  }

  private void atMostOne(String step) {
    List<Thing> things = journal.ledger.things(step);
    for (Thing second : things) {
      List<Thing> before =
          things.stream()
              .filter(t -> t != second && !t.madeAt().isAfter(second.madeAt()))
              .filter(t -> t.livesAt(second.madeAt()))
              .toList();
      if (before.isEmpty()) {
        continue;
      }
      String words = second + " beside " + before;
      if (mayBeTwo() && before.stream().allMatch(t -> isGoneBeforeTheLook(t, second))) {
        return;
      }
      if (!isReported(step, second) && !before.stream().anyMatch(t -> isReported(step, t))) {
        tell(Kind.SILENTLY_TWICE, step, words);
      } else if (!mayBeTwo() || what.strategy().isSafeToRepeat()) {
        tell(Kind.TWICE, step, words);
      }
      return;
    }
  }

  /** Somebody has removed the first of two before the look that would have shown both was due. */
  private static boolean isGoneBeforeTheLook(Thing first, Thing second) {
    Instant removed = first.removedAt();
    return removed != null && removed.isBefore(second.madeAt().plus(LOOK_DUE));
  }

  /** In doubt, or the surplus object is named in what was learned. */
  private boolean isReported(String step, Thing thing) {
    StoredResource row = row(step);
    return row.effectiveState() == ResourceState.IN_DOUBT
        || (!thing.id().equals(row.externalId()) && isNamed(step, thing));
  }

  /** A late sender's word about it is kept. */
  private boolean isNamed(String step, Thing thing) {
    return journal.evidence.getOrDefault(step, List.of()).stream()
        .anyMatch(e -> e.detail().toString().contains("\"" + thing.id() + "\""));
  }

  private void exactlyOneOnceCompleted(String step) {
    StoredResource row = row(step);
    List<Thing> live = journal.ledger.live(step, journal.end);
    if (row.effectiveState() == ResourceState.PRESENT) {
      boolean stored = live.stream().anyMatch(t -> t.id().equals(row.externalId()));
      if (!stored && !isKnownToBeAnother(step)) {
        tell(Kind.NOT_ONE, step, "stored is " + row.externalId() + ", and there are " + live);
      }
    } else if (row.effectiveState() != ResourceState.IN_DOUBT
        && live.stream().anyMatch(t -> !mayBeTwo() || !isNamed(step, t))) {
      tell(Kind.FORGOTTEN, step, "the row is " + row.effectiveState() + ", and there is " + live);
    }
  }

  /** The id was given away again, and Pawl says that it does not know what it sees there. */
  private boolean isKnownToBeAnother(String step) {
    List<Answer> answers = journal.answers(step);
    return !answers.isEmpty()
        && answers.get(answers.size() - 1).reason() == Reason.VERIFY_UNKNOWN
        && journal.ledger.things().stream()
                .filter(t -> t.id().equals(row(step).externalId()))
                .count()
            > 1;
  }

  private boolean isGone(String step, String id, Instant at) {
    return journal.ledger.things().stream()
            .filter(t -> t.id().equals(id))
            .anyMatch(t -> t.removedAt() != null && !t.removedAt().isAfter(at))
        || journal.deleted.containsKey(step);
  }

  private void answersAgree(String step) {
    String before = null;
    int created = 0;
    for (Answer answer : journal.answers(step)) {
      String id = answer.id();
      if (id == null) {
        continue;
      }
      created += answer.outcome() == Outcome.CREATED ? 1 : 0;
      if (before != null
          && !before.equals(id)
          && !isGone(step, before, answer.at())
          && !isGone(step, id, answer.at())) {
        tell(Kind.ANSWERS_DISAGREE, step, before + ", then " + answer);
      }
      before = id;
      boolean shown =
          answer.row().effectiveState() == ResourceState.PRESENT
              && id.equals(answer.row().externalId());
      boolean changing = answer.row().state() == ResourceState.CLAIMED;
      if (!shown && !changing && !isGone(step, id, answer.at())) {
        tell(Kind.READ_ABSENT, step, answer + ", and the row is " + answer.row().state());
      }
    }
    if (created > (journal.deleted.containsKey(step) ? 2 : 1)) {
      tell(Kind.CREATED_TWICE, step, journal.answers(step).toString());
    }
  }

  private void completedNotSentAgain(String step) {
    Answer first =
        journal.answers(step).stream().filter(Answer::isSuccess).findFirst().orElse(null);
    if (first == null || first.id() == null) {
      return;
    }
    for (Sent sent : journal.ledger.sends(step)) {
      if (sent.at().isAfter(first.at()) && !isGone(step, first.id(), sent.at()) && !mayBeTwo()) {
        tell(Kind.COMPLETED_SENT_AGAIN, step, sent + " after " + first);
      }
    }
  }

  private void notSentWithoutProof(String step) {
    if (what.strategy().isSafeToRepeat() || mayBeTwo()) {
      return;
    }
    List<Sent> sends = journal.ledger.sends(step);
    for (Sent later : sends) {
      for (Sent earlier : sends) {
        Instant commit = earlier.commitAt();
        Thing made = earlier.made();
        boolean gone =
            made != null && made.removedAt() != null && !made.removedAt().isAfter(later.at());
        if (earlier.number() < later.number() && commit != null && !gone) {
          tell(Kind.SENT_WITHOUT_PROOF, step, later + " after " + earlier);
        }
      }
    }
  }

  /** Nobody calls a packet back that leaves after the delete: its sender's word has to tell. */
  private void notResurrected(String step) {
    Instant deleted = journal.deleted.get(step);
    if (deleted == null || deleted.isAfter(journal.lastRun)) {
      return;
    }
    for (Thing thing : journal.ledger.things(step)) {
      boolean told = mayBeTwo() && isNamed(step, thing);
      if (!told && thing.madeAt().isAfter(deleted) && thing.madeAt().isBefore(journal.lastRun)) {
        tell(Kind.RESURRECTED, step, thing + ", deleted " + deleted);
      }
    }
  }

  /** The last answer says what the row says. */
  private void definite(String step) {
    List<Answer> answers = journal.answers(step);
    if (answers.isEmpty()) {
      tell(Kind.NO_END, step, "no answer");
      return;
    }
    Answer last = answers.get(answers.size() - 1);
    boolean fits =
        switch (row(step).effectiveState()) {
          case PRESENT -> last.isSuccess() || isKnownToBeAnother(step);
          case IN_DOUBT ->
              last.effect() == Effect.UNKNOWN
                  || last.reason() == Reason.EXTERNAL_ID_OWNED
                  || last.reason() == Reason.IN_DOUBT;
          case ABSENT, DELETED -> last.effect() == Effect.NOT_MADE;
          case CLAIMED -> false;
        };
    if (!fits) {
      tell(Kind.NO_END, step, "the row is " + row(step).effectiveState() + ", and " + last);
    }
  }

  private void oneOwner() {
    for (StoredResource one : journal.rows.values()) {
      for (StoredResource other : journal.rows.values()) {
        boolean same =
            one.effectiveState() == ResourceState.PRESENT
                && other.effectiveState() == ResourceState.PRESENT
                && Objects.equals(one.externalId(), other.externalId());
        if (same && one.key().instance().compareTo(other.key().instance()) < 0) {
          tell(Kind.TWO_OWNERS, one.key().instance(), one.externalId() + " and " + other.key());
        }
      }
    }
  }
}
