package dev.pawl.campaign.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * An API that makes a new thing with every POST and misbehaves on order. In {@code /named} clients
 * choose the ids, {@code /tokens} honours idempotency keys, {@code /jobs} answers with an operation
 * that makes the thing three seconds later, and {@code /things} does none of it. It knows no
 * transport and no clock: each request comes with its time, which must not run back.
 */
public final class AdversaryApi {
  static final String NAMED = "named";
  static final String TOKENS = "tokens";
  static final String JOBS = "jobs";
  private static final String OPERATIONS = "operations";
  private static final Duration JOB = Duration.ofSeconds(3);
  private static final Duration TAGS_LATE = Duration.ofSeconds(20);
  private static final Duration REPLICA_LAG = Duration.ofMinutes(10);

  private final Ledger ledger = new Ledger();
  private final PriorityQueue<Due> later =
      new PriorityQueue<>(Comparator.comparing(Due::at).thenComparing(Due::number));
  private final Map<String, Integer> reads = new HashMap<>();
  private final Map<String, Sent> byToken = new HashMap<>();
  private final Map<String, Job> jobs = new HashMap<>();
  private Misbehaviour how;
  private Instant now = Instant.MIN;
  private Instant upAt = Instant.MIN;
  private int dues;
  private int ids;

  public AdversaryApi(Misbehaviour how) {
    this.how = how;
  }

  /**
   * What a create has begun.
   *
   * @param begun when
   * @param fails whether it will make nothing
   */
  private record Job(Sent sent, Instant begun, boolean fails) {}

  /** Something that happens by itself, later. */
  private record Due(Instant at, int number, Runnable what) {}

  /** The faults stop. What it has begun, it still does. */
  public synchronized void mend() {
    how = how.mended();
    upAt = Instant.MIN;
  }

  /** What it did up to {@code time}. */
  public synchronized Ledger ledger(Instant time) {
    passTo(time);
    return ledger;
  }

  /** Somebody else makes an object. */
  public synchronized Thing strangerMakes(String collection, ObjectNode body, Instant time) {
    passTo(time);
    return make(collection, null, body);
  }

  /** Somebody removes an object behind Pawl's back. */
  public synchronized void remove(String id, Instant time) {
    passTo(time);
    Thing thing = living(id);
    if (thing != null) {
      thing.removedAt = time;
    }
  }

  /** Whether a create is still going to make something after {@code time}. */
  public synchronized boolean isBusy(Instant time) {
    passTo(time);
    return !later.isEmpty();
  }

  /** Does what a request asks for, as badly as it was told to. */
  public synchronized Reply handle(Call call, Instant time) {
    passTo(time);
    String[] parts = call.path().substring(1).split("/", -1);
    if (parts.length > 2) {
      return Reply.says(404, "no such path");
    }
    if (call.method().equals("POST")) {
      return post(parts[0], call);
    }
    if (now.isBefore(upAt)) {
      return Reply.html(404);
    }
    if (call.method().equals("DELETE")) {
      return delete(parts[1]);
    }
    int read = reads.merge(call.path(), 1, Integer::sum);
    Reply fault = how.reads.apply(read);
    if (fault != null) {
      return fault;
    }
    if (parts[0].equals(OPERATIONS)) {
      return operation(parts[1]);
    }
    return parts.length == 2 ? item(parts[1], read) : page(parts[0], call.query());
  }

  private void passTo(Instant time) {
    while (!later.isEmpty() && !later.element().at().isAfter(time)) {
      Due due = later.remove();
      now = due.at();
      due.what().run();
    }
    now = time;
  }

  private void after(Duration delay, Runnable what) {
    later.add(new Due(now.plus(delay), ++dues, what));
  }

  private Reply post(String collection, Call call) {
    ObjectNode body = (ObjectNode) Json.parse(call.body());
    String key = body.path("step").asText();
    int number = ledger.sends(key).size() + 1;
    PostFault fault = how.posts.apply(number);
    if (fault != null && fault.ending() == PostFault.Ending.UNREACHABLE) {
      ledger.sent(now, key, call.token());
      return new Reply.Unreachable();
    }
    if (number == 1 && !how.startsUp.isZero()) {
      upAt = now.plus(how.startsUp);
    }
    Sent sent = ledger.sent(now, key, call.token());
    if (number == 1 && how.strangerFollows != null) {
      after(how.strangerFollows, () -> strangerFollows(collection, body));
    }
    if (now.isBefore(upAt)) {
      return Reply.html(404);
    }
    Reply truth = replay(collection, call.token(), sent);
    if (truth == null) {
      truth = carryOut(collection, sent, body, fault);
    }
    // An API that honours tokens does not refuse what it knows that it has made.
    boolean honest = fault == null || (sent.replayOf != null && fault.status() == 422);
    Reply reply = honest ? truth : spoilt(fault, truth);
    remember(collection, sent, fault, reply);
    return reply;
  }

  /** What an API that honours tokens says to one it knows; null where it does not know it. */
  private @Nullable Reply replay(String collection, @Nullable String token, Sent sent) {
    Sent first = token == null ? null : byToken.get(token);
    if (!collection.equals(TOKENS) || how.forgetsTokens || first == null) {
      return null;
    }
    if (first.stored != null) {
      sent.replayOf = first;
      return first.stored;
    }
    if (first.made != null) {
      sent.replayOf = first;
      return shown(201, first.made);
    }
    if (first.commitAt != null) {
      sent.replayOf = first;
      return Reply.says(409, "a request with this key is under way");
    }
    return null;
  }

  private void remember(String collection, Sent sent, @Nullable PostFault fault, Reply reply) {
    String token = sent.token();
    if (!collection.equals(TOKENS) || token == null || sent.replayOf != null) {
      return;
    }
    byToken.put(token, sent);
    boolean refused = fault != null && sent.commitAt == null && fault.status() == 422;
    boolean failed = how.storesFailures && fault != null && fault.status() >= 500;
    if ((refused || failed) && reply instanceof Reply.Answered answered) {
      sent.stored = answered;
    }
  }

  private Reply carryOut(String collection, Sent sent, ObjectNode body, @Nullable PostFault fault) {
    Duration delay = fault == null ? Duration.ZERO : fault.commitAfter();
    if (collection.equals(JOBS)) {
      return begin(sent, body, delay);
    }
    if (collection.equals(NAMED)) {
      Thing there = living(body.path("name").asText());
      if (there != null && how.upserts) {
        return shown(201, there);
      }
      if (there != null || how.archivesNames) {
        return Reply.says(409, "the name is taken");
      }
    }
    if (delay == null) {
      return Reply.says(500, "nothing was made");
    }
    sent.commitAt = now.plus(delay);
    if (delay.isZero()) {
      return shown(201, make(collection, sent, body));
    }
    after(delay, () -> makeLate(collection, sent, body));
    return Reply.says(500, "it is being made");
  }

  private Reply begin(Sent sent, ObjectNode body, @Nullable Duration delay) {
    String id = "op-" + (jobs.size() + 1);
    jobs.put(id, new Job(sent, now, delay == null));
    if (delay != null) {
      Duration end = delay.isZero() ? JOB : delay;
      sent.commitAt = now.plus(end);
      after(end, () -> make(JOBS, sent, body));
    }
    return Reply.json(202, Json.object().put("id", id).put("status", "running"));
  }

  private Reply operation(String id) {
    Job job = jobs.get(id);
    boolean forgotten =
        how.forgetsOperations && job != null && !job.begun().plusSeconds(1).isAfter(now);
    if (job == null || forgotten) {
      return Reply.says(404, "no such operation");
    }
    Thing made = job.sent().made;
    boolean failed = job.fails() && !job.begun().plus(JOB).isAfter(now);
    ObjectNode out = Json.object().put("id", id);
    out.put("status", failed ? "failed" : made == null ? "running" : "done");
    if (made != null) {
      out.put("thing_id", made.id());
    }
    return Reply.json(200, out);
  }

  private void makeLate(String collection, Sent sent, ObjectNode body) {
    if (collection.equals(NAMED) && living(body.path("name").asText()) != null) {
      sent.commitAt = null;
    } else {
      make(collection, sent, body);
    }
  }

  private void strangerFollows(String collection, ObjectNode body) {
    if (!collection.equals(NAMED) || living(body.path("name").asText()) == null) {
      ObjectNode alike = body.deepCopy();
      alike.remove("tags");
      make(collection, null, alike);
    }
  }

  private static Reply spoilt(PostFault fault, Reply truth) {
    String body = truth instanceof Reply.Answered answered ? answered.body() : "";
    Map<String, String> json = Map.of("content-type", "application/json");
    return switch (fault.ending()) {
      case MADE -> new Reply.Answered(fault.status(), json, body);
      case STATUS -> Reply.says(fault.status(), "as the campaign ordered");
      case RETRY_AFTER ->
          new Reply.Answered(
              fault.status(), Map.of("content-type", "application/json", "retry-after", "3"), "{}");
      case HTML -> Reply.html(fault.status());
      case TRUNCATED -> new Reply.Answered(201, json, body.substring(0, body.length() / 2));
      case NO_ID -> new Reply.Answered(201, json, "{}");
      case LOST -> new Reply.Lost();
      case UNREACHABLE -> new Reply.Unreachable();
    };
  }

  private Thing make(String collection, @Nullable Sent from, ObjectNode sent) {
    ObjectNode body = sent.deepCopy();
    body.remove("step");
    ids++;
    String id = collection.equals(NAMED) ? body.path("name").asText() : id();
    body.put("id", id).put("status", "active");
    body.put("created_at", now.plus(how.clockSkew).toString());
    boolean tags =
        switch (how.tags) {
          case KEPT, LATE -> true;
          case DROPPED -> false;
          case SOMETIMES_DROPPED -> ids % 2 == 0;
        };
    Thing thing = new Thing(id, from, now, body, tags);
    ledger.made(thing);
    if (from != null) {
      from.made = thing;
      if (how.removedAfter != null && ledger.things(from.key()).size() == 1) {
        after(how.removedAfter, () -> thing.removedAt = now);
      }
    }
    return thing;
  }

  private String id() {
    if (!how.reusesIds) {
      return "t-" + ids;
    }
    int free = 1;
    while (living("t-" + free) != null) {
      free++;
    }
    return "t-" + free;
  }

  private @Nullable Thing living(String id) {
    return ledger.things().stream()
        .filter(t -> t.id().equals(id) && t.livesAt(now))
        .findFirst()
        .orElse(null);
  }

  private Reply delete(String id) {
    Thing thing = living(id);
    if (thing == null) {
      return Reply.says(404, "no such thing");
    }
    thing.removedAt = now;
    return new Reply.Answered(204, Map.of(), "");
  }

  private Reply item(String id, int read) {
    Thing thing = living(id);
    return thing == null || how.archivesNames || !isShown(thing, how.readLag, read)
        ? Reply.says(404, "no such thing")
        : shown(200, thing);
  }

  private boolean isShown(Thing thing, Duration lag, int read) {
    Duration behind = how.staleReplica && read % 2 == 1 ? REPLICA_LAG : lag;
    return !thing.madeAt().plus(behind).isAfter(now);
  }

  private Reply.Answered shown(int status, Thing thing) {
    return Reply.json(status, Json.object().set("thing", view(thing)));
  }

  private ObjectNode view(Thing thing) {
    ObjectNode out = thing.body.deepCopy();
    boolean late = how.tags == Misbehaviour.Tags.LATE;
    if (!thing.showsTags || (late && thing.madeAt().plus(TAGS_LATE).isAfter(now))) {
      out.remove("tags");
    }
    return out;
  }

  private Reply page(String collection, Map<String, String> query) {
    int size = Integer.parseInt(query.getOrDefault("per_page", "100"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    int listing =
        page == 1 ? reads.merge(collection, 1, Integer::sum) : reads.getOrDefault(collection, 1);
    List<Thing> all = new ArrayList<>(ledger.things());
    all.removeIf(t -> !t.livesAt(now) || !isShown(t, how.listLag, listing));
    int from = (page - 1) * size + (how.shiftsPages && page > 1 && listing % 2 == 1 ? 1 : 0);
    ObjectNode out = Json.object();
    var items = out.putArray("things");
    all.stream().skip(from).limit(size).forEach(t -> items.add(view(t)));
    return Reply.json(200, out);
  }
}
