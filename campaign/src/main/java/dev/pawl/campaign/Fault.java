package dev.pawl.campaign;

import static dev.pawl.campaign.api.PostFault.late;
import static dev.pawl.campaign.api.PostFault.made;
import static dev.pawl.campaign.api.PostFault.never;

import dev.pawl.campaign.api.Misbehaviour;
import dev.pawl.campaign.api.Misbehaviour.Tags;
import dev.pawl.campaign.api.PostFault;
import dev.pawl.campaign.api.PostFault.Ending;
import dev.pawl.campaign.api.Reply;
import java.time.Duration;
import java.util.function.Supplier;

/** How the API misbehaves in a case. Faults of creates hit the first create of every step. */
public enum Fault {
  NONE("none", () -> new Misbehaviour()),
  LOST_BEFORE_COMMIT("answer lost, not made", () -> first(never(Ending.LOST, 0))),
  LOST_AFTER_COMMIT("answer lost, made", () -> first(made(Ending.LOST, 0))),
  STATUS_500_BEFORE_COMMIT("500, not made", () -> first(never(Ending.STATUS, 500))),
  STATUS_500_AFTER_COMMIT("500, made", () -> first(made(Ending.STATUS, 500))),
  STORED_500("500 replayed under its token, made", () -> stored(made(Ending.STATUS, 500))),
  STORED_500_NOT_MADE(
      "500 replayed under its token, not made", () -> stored(never(Ending.STATUS, 500))),
  OFTEN_503("four times 503, the first one made", Fault::often),
  STATUS_429_BEFORE_COMMIT("429, not made", () -> first(never(Ending.RETRY_AFTER, 429))),
  STATUS_429_AFTER_COMMIT("429, made", () -> first(made(Ending.RETRY_AFTER, 429))),
  REFUSED_422("422, not made", () -> first(never(Ending.STATUS, 422))),
  UNREACHABLE("unreachable", () -> first(never(Ending.UNREACHABLE, 0))),
  LATE_COMMIT("answer lost, made 20 s later", () -> first(late(Duration.ofSeconds(20)))),
  LATEST_COMMIT("answer lost, made 44 s later", () -> first(late(Duration.ofSeconds(44)))),
  LATEST_COMMIT_LAG(
      "answer lost, made 44 s later, shown 2 s after that",
      () ->
          first(late(Duration.ofSeconds(44)))
              .listLag(Duration.ofSeconds(2))
              .readLag(Duration.ofSeconds(2))),
  TRUNCATED("201 cut short", () -> first(made(Ending.TRUNCATED, 201))),
  NO_ID("201 without an id", () -> first(made(Ending.NO_ID, 201))),
  VANISHES(
      "202, and the object vanishes",
      () -> first(made(Ending.MADE, 202)).removedAfter(Duration.ofSeconds(5))),
  OPERATION_FAILS("accepted, and the operation fails", () -> first(never(Ending.MADE, 202))),
  OPERATION_FORGOTTEN(
      "accepted, and the operation is forgotten",
      () -> first(made(Ending.MADE, 202)).forgetsOperations()),
  OPERATION_FORGOTTEN_LATE(
      "accepted, the operation is forgotten and its thing made 37 s later",
      () -> first(new PostFault(Duration.ofSeconds(37), Ending.MADE, 202)).forgetsOperations()),
  DROPPED_AT_ONCE(
      "accepted, and the object is removed as it is made",
      () -> first(made(Ending.MADE, 202)).removedAfter(Duration.ZERO)),
  LIST_LAG(
      "lists lag by 40 s, answer lost",
      () -> first(made(Ending.LOST, 0)).listLag(Duration.ofSeconds(40))),
  READ_LAG("reads lag by 10 s", () -> new Misbehaviour().readLag(Duration.ofSeconds(10))),
  READ_LAG_LOST(
      "reads lag by 40 s, answer lost",
      () -> first(made(Ending.LOST, 0)).readLag(Duration.ofSeconds(40))),
  STALE_REPLICA(
      "every second look is answered by a stale replica, answer lost",
      () -> first(made(Ending.LOST, 0)).staleReplica()),
  PAGE_SHIFT(
      "every second listing misses one, answer lost",
      () -> first(made(Ending.LOST, 0)).shiftsPages()),
  READS_503(
      "reads answer 503 twice, answer lost",
      () -> first(made(Ending.LOST, 0)).reads(n -> n <= 2 ? Reply.says(503, "later") : null)),
  READS_401(
      "reads answer 401 four times, answer lost",
      () -> first(made(Ending.LOST, 0)).reads(n -> n <= 4 ? Reply.says(401, "who?") : null)),
  STARTS_UP("404 in HTML for 4 s", () -> new Misbehaviour().startsUp(Duration.ofSeconds(4))),
  READS_HTML_404(
      "reads answer 404 in HTML four times",
      () -> new Misbehaviour().reads(n -> n <= 4 ? Reply.html(404) : null)),
  TAGS_DROPPED("tags dropped, answer lost", () -> first(made(Ending.LOST, 0)).tags(Tags.DROPPED)),
  TAGS_LATE("tags shown 20 s late, answer lost", () -> first(made(Ending.LOST, 0)).tags(Tags.LATE)),
  CLOCK_AHEAD(
      "clock 90 s ahead, answer lost",
      () -> first(made(Ending.LOST, 0)).clockSkew(Duration.ofSeconds(90))),
  CLOCK_BEHIND(
      "clock 90 s behind, answer lost",
      () -> first(made(Ending.LOST, 0)).clockSkew(Duration.ofSeconds(-90))),
  REMOVED("removed by somebody 3 s later", () -> removed(3)),
  REMOVED_IDS_REUSED("removed by somebody 3 s later, ids used again", () -> removed(3).reusesIds()),
  SAME_NAMES_BEFORE(
      "strangers' objects of the same names, answer lost, made",
      () -> first(made(Ending.LOST, 0)),
      true),
  SAME_NAMES_BEFORE_NOT_MADE(
      "strangers' objects of the same names, answer lost, not made",
      () -> first(never(Ending.LOST, 0)),
      true),
  UPSERTS("a taken name is answered 201, answer lost", () -> first(made(Ending.LOST, 0)).upserts()),
  NAMES_ARCHIVED(
      "names taken by something no read shows, answer lost",
      () -> first(never(Ending.LOST, 0)).archivesNames()),

  MUCH_TOO_LATE(
      "answer lost, made 10 min later", () -> first(late(Duration.ofMinutes(10))), Kind.BEYOND),
  LISTS_LAG_AN_HOUR(
      "lists and reads lag by an hour, answer lost",
      () -> first(made(Ending.LOST, 0)).listLag(Duration.ofHours(1)).readLag(Duration.ofHours(1)),
      Kind.BEYOND),
  TAGS_SOMETIMES_DROPPED(
      "tags of every second object dropped, answer lost",
      () -> first(made(Ending.LOST, 0)).tags(Tags.SOMETIMES_DROPPED),
      Kind.BEYOND),
  TOKENS_MEANINGLESS(
      "idempotency keys taken and ignored, answer lost",
      () -> first(made(Ending.LOST, 0)).forgetsTokens(),
      Kind.BEYOND),
  STRANGER_FOLLOWS(
      "not made, and a stranger makes one that looks the same",
      () -> first(never(Ending.LOST, 0)).strangerFollows(Duration.ofSeconds(2)),
      Kind.BEYOND);

  /** What Pawl promises about it. */
  public enum Kind {
    /** All of DESIGN section 3. */
    WITHIN,
    /** The API breaks what the protocol takes for granted: nothing, but no silence. */
    BEYOND
  }

  private final String words;
  private final Supplier<Misbehaviour> how;
  private final boolean strangersBefore;
  private final Kind kind;

  Fault(String words, Supplier<Misbehaviour> how) {
    this(words, how, false, Kind.WITHIN);
  }

  Fault(String words, Supplier<Misbehaviour> how, boolean strangersBefore) {
    this(words, how, strangersBefore, Kind.WITHIN);
  }

  Fault(String words, Supplier<Misbehaviour> how, Kind kind) {
    this(words, how, false, kind);
  }

  Fault(String words, Supplier<Misbehaviour> how, boolean strangersBefore, Kind kind) {
    this.words = words;
    this.how = how;
    this.strangersBefore = strangersBefore;
    this.kind = kind;
  }

  /** In a few words. */
  public String words() {
    return words;
  }

  /** A fresh one. */
  public Misbehaviour misbehaviour() {
    return how.get();
  }

  /** Whether others have made objects of the same names before. */
  public boolean hasStrangersBefore() {
    return strangersBefore;
  }

  public Kind kind() {
    return kind;
  }

  /**
   * Whether it blinds every second look of one caller: beside a second caller it may blind both
   * looks of one, which no client can know.
   */
  public boolean standsAlone() {
    return this == STALE_REPLICA || this == PAGE_SHIFT;
  }

  /** Whether it makes a difference to a strategy at all. */
  public boolean concerns(Strategy strategy) {
    return switch (this) {
      case UPSERTS, NAMES_ARCHIVED -> strategy == Strategy.CLIENT_ID;
      case STORED_500, STORED_500_NOT_MADE, TOKENS_MEANINGLESS ->
          strategy.collection().equals("tokens");
      case OPERATION_FAILS, OPERATION_FORGOTTEN, OPERATION_FORGOTTEN_LATE ->
          strategy.collection().equals("jobs");
      case TAGS_DROPPED, TAGS_LATE, TAGS_SOMETIMES_DROPPED -> strategy.isMarked();
      default -> true;
    };
  }

  private static Misbehaviour first(PostFault fault) {
    return new Misbehaviour().posts(n -> n == 1 ? fault : null);
  }

  private static Misbehaviour stored(PostFault fault) {
    return first(fault).storesFailures();
  }

  private static Misbehaviour often() {
    return new Misbehaviour()
        .posts(n -> n == 1 ? made(Ending.STATUS, 503) : n <= 4 ? never(Ending.STATUS, 503) : null);
  }

  private static Misbehaviour removed(int seconds) {
    return new Misbehaviour().removedAfter(Duration.ofSeconds(seconds));
  }
}
