package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.data.StoredResource;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * Asks the API whether a stored resource still exists. Absence counts only when it is said twice, a
 * settle time apart, in the API's own words, and not so soon after the create that the read may lag
 * behind it.
 */
final class VerifyStored {
  private static final int TRIES = 3;
  private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);

  private final RestResource resource;
  private final StoredResource row;
  private final MethodContext context;

  VerifyStored(RestResource resource, StoredResource row, MethodContext context) {
    this.resource = resource;
    this.row = row;
    this.context = context;
  }

  /** What the API says. */
  sealed interface Verification {
    /** It is there, in this state. */
    record Exists(JsonNode data) implements Verification {}

    /** It is proven gone. */
    record Gone() implements Verification {}

    /** Nothing can be told from what the API said. */
    record Unknown(Failure failure) implements Verification {}
  }

  /** Whether the API offers anything to verify with. */
  static boolean isPossible(RestResource resource, StoredResource row) {
    return (resource.get() != null || resource.listing() != null)
        && Identities.isWhole(resource, row.identity());
  }

  Verification run() throws InterruptedException {
    Verification last = insist();
    return last instanceof Verification.Gone ? confirmGone() : last;
  }

  /** The same without waiting until a young object can no longer be hidden by a lagging read. */
  Verification glance() throws InterruptedException {
    Verification last = insist();
    if (last instanceof Verification.Gone) {
      context.pacer().pause(context.timing().settle());
      return look();
    }
    return last;
  }

  /** Whether the object is so young, and so little known, that a read may lag behind its create. */
  boolean mayLag() {
    return !row.confirmed() && !tooYoung().isNegative();
  }

  private Duration tooYoung() {
    return context.timing().quarantine().minus(row.age());
  }

  private Verification insist() throws InterruptedException {
    Verification last = look();
    Duration backoff = FIRST_BACKOFF;
    for (int tries = 1; tries < TRIES && last instanceof Verification.Unknown; tries++) {
      context.waitingFor("the API to say whether " + row.key() + " exists");
      context.pacer().pause(backoff);
      backoff = backoff.multipliedBy(2);
      last = look();
    }
    return last;
  }

  private Verification confirmGone() throws InterruptedException {
    boolean mayLag = mayLag();
    context.waitingFor("a second look at " + row.key() + ", which seems to be gone");
    context.pacer().pause(mayLag ? tooYoung() : context.timing().settle());
    Verification second = look();
    if (second instanceof Verification.Gone && mayLag) {
      context.pacer().pause(context.timing().settle());
      second = look();
    }
    return second;
  }

  /** What one look shows. */
  Verification look() throws InterruptedException {
    try {
      return resource.get() != null ? byGet(resource.get()) : byList();
    } catch (MethodException e) {
      return new Verification.Unknown(e.failure());
    }
  }

  private Verification byGet(Operation get) throws MethodException, InterruptedException {
    ApiRequest request =
        new RequestBuilder(get, context.http().baseUrl(), storedArguments(), row.identity())
            .build(null, context.timing().readTimeout());
    ApiResponse response = ReadApi.read(context.http(), request);
    if (response.status() == 404 || response.status() == 410) {
      return saysItself(response)
          ? new Verification.Gone()
          : new Verification.Unknown(ApiFailures.answered(request, response));
    }
    Optional<JsonNode> found = response.json().map(b -> b.at(get.resultPointer()));
    if (!response.isSuccess() || found.filter(JsonNode::isObject).isEmpty()) {
      return new Verification.Unknown(ApiFailures.answered(request, response));
    }
    return judge(found.get(), request.describe());
  }

  /** A proxy or a restarting server says 404 too, but not in JSON. An empty body is plain. */
  private static boolean saysItself(ApiResponse response) {
    return response.isJson() && (response.body().length == 0 || response.json().isPresent());
  }

  private Verification byList() throws MethodException, InterruptedException {
    Listing listing = resource.listing();
    if (listing == null) {
      return unknown("no operation reads " + resource.type());
    }
    ObjectNode parents = row.identity();
    for (JsonNode item : new ListAll(listing, storedArguments(), parents, context).run()) {
      Optional<ObjectNode> identity = Identities.ofItem(resource, listing, parents, item);
      if (identity.isPresent()
          && Identities.externalId(resource, identity.get()).equals(row.externalId())) {
        return judge(item, listing.operation().describe());
      }
    }
    return new Verification.Gone();
  }

  private Verification judge(JsonNode found, String request) {
    SoftDelete softDelete = resource.softDelete();
    if (softDelete != null && softDelete.shows(found)) {
      return new Verification.Gone();
    }
    String ours =
        Markers.marker(context.dataRepository().installationId(), row.key(), row.incarnation());
    Optional<String> other = SameObject.doubts(resource, ours, row, found);
    return other.isPresent()
        ? unknown(request + " shows another object under the stored id: " + other.get())
        : new Verification.Exists(found);
  }

  private ObjectNode storedArguments() {
    return row.arguments() instanceof ObjectNode given ? given : Json.object();
  }

  private static Verification.Unknown unknown(String message) {
    return new Verification.Unknown(Failure.of(Reason.VERIFY_UNKNOWN, message));
  }
}
