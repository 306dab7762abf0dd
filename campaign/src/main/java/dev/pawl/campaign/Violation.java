package dev.pawl.campaign;

/**
 * A promise that was broken.
 *
 * @param kind which
 * @param step whose
 * @param words what was seen
 */
public record Violation(Kind kind, String step, String words) {
  /** The promises, by how they are broken. */
  public enum Kind {
    /** Two objects of one key, and Pawl says nothing about it. */
    SILENTLY_TWICE,
    /** Two objects of one key where there never may be, though Pawl says so. */
    TWICE,
    /** A completed create, and not exactly one object, or not the stored one. */
    NOT_ONE,
    /** An object that nobody knows of: the row counts as absent. */
    FORGOTTEN,
    /** More than one answer CREATED. */
    CREATED_TWICE,
    /** Two answers name two objects, and the first one was not removed. */
    ANSWERS_DISAGREE,
    /** A read after a completed create says absent. */
    READ_ABSENT,
    /** A completed step sent its create again. */
    COMPLETED_SENT_AGAIN,
    /** A create was sent again while the earlier send had made or could still make its object. */
    SENT_WITHOUT_PROOF,
    /** A write under an old claim was accepted. */
    STALE_WRITE,
    /** Two keys own one object. */
    TWO_OWNERS,
    /** Made anew after a recorded delete. */
    RESURRECTED,
    /** The faults have stopped and there is no definite state. */
    NO_END,
    /** Pawl threw what it never should. */
    CRASHED
  }

  @Override
  public String toString() {
    return kind + " " + step + ": " + words;
  }
}
