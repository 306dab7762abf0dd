package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Outcome;
import dev.pawl.model.Reason;
import dev.pawl.model.data.Claim;
import dev.pawl.model.data.Intent;
import dev.pawl.model.http.ApiRequest;
import dev.pawl.model.http.ApiResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One look for a create in doubt, by the strategy that the API offers. */
final class LookForCreate {
  private static final int REPETITIONS = 3;
  private static final Set<Integer> NOT_THERE = Set.of(404, 405, 407, 410);

  private final RestResource resource;
  private final Claim claim;
  private final Intent intent;
  private final Instant sentAt;
  private final MethodContext context;
  private final Candidates candidates;

  /**
   * @param sentAt when it was claimed to be sent, by which its token's age is told
   * @param until what was made after this, it has not made
   */
  LookForCreate(
      RestResource resource,
      Claim claim,
      Intent intent,
      Instant sentAt,
      Instant until,
      MethodContext context) {
    this.resource = resource;
    this.claim = claim;
    this.intent = intent;
    this.sentAt = sentAt;
    this.context = context;
    this.candidates = new Candidates(resource, intent, claim.key(), sentAt, until, context);
  }

  Doubt run() throws InterruptedException {
    try {
      return by(resource.reconcile());
    } catch (MethodException e) {
      return new Doubt.Open(e.failure().message(), List.of());
    }
  }

  private Doubt by(Reconcile strategy) throws MethodException, InterruptedException {
    if (strategy instanceof Reconcile.Key key) {
      return byKey(key);
    }
    if (strategy instanceof Reconcile.ClientId) {
      return byClientId();
    }
    if (strategy instanceof Reconcile.Marker marker) {
      return byMarker(marker);
    }
    if (strategy instanceof Reconcile.NaturalKey natural) {
      return byNaturalKey(natural);
    }
    return new Doubt.Open(
        "the API offers no request token, client-chosen identity, label or unique fields to find "
            + resource.type()
            + " by",
        List.of());
  }

  private Doubt byKey(Reconcile.Key key) throws MethodException, InterruptedException {
    if (!mayRepeat(key)) {
      return by(key.next());
    }
    SendCreate.Sent again = repeated();
    if (again instanceof SendCreate.Sent.Made made) {
      return new Doubt.Found(made.identity(), made.data(), Outcome.CREATED);
    }
    if (again instanceof SendCreate.Sent.Accepted accepted) {
      return new Doubt.Begun(accepted.operation());
    }
    if (again instanceof SendCreate.Sent.NotMade notMade) {
      return isReplayedRefusal(notMade.failure())
          ? new Doubt.NotSeen("the same request token was refused: " + notMade.failure().message())
          : by(key.next());
    }
    Doubt seen = by(key.next());
    return seen instanceof Doubt.NotSeen
        ? new Doubt.Open(
            "the request was sent again under its token without an answer, and may yet be"
                + " carried out",
            List.of())
        : seen;
  }

  /** An API that does not answer now may do so soon: the token says the same each time. */
  private SendCreate.Sent repeated() throws MethodException, InterruptedException {
    SendCreate.Sent sent = SendCreate.run(resource, intent, claim, context);
    for (int tries = 1; tries < REPETITIONS && isToBeRepeated(sent); tries++) {
      context.pacer().pause(context.timing().settle().multipliedBy(tries));
      sent = SendCreate.run(resource, intent, claim, context);
    }
    return sent;
  }

  private static boolean isToBeRepeated(SendCreate.Sent sent) {
    return sent instanceof SendCreate.Sent.Unknown || sent instanceof SendCreate.Sent.Conflict;
  }

  /** An old token may be forgotten, and a token means nothing to another server. */
  private boolean mayRepeat(Reconcile.Key key) throws MethodException {
    Instant now = context.dataRepository().read(claim.key()).readAt();
    return Duration.between(sentAt, now).compareTo(key.repeatable()) < 0
        && intent.url().startsWith(resource.create().baseOn(context.http().baseUrl()) + "/");
  }

  /**
   * Refused for its content; not for who asks or where, which is said before tokens are looked at.
   */
  private static boolean isReplayedRefusal(Failure said) {
    return said.reason() == Reason.API_REFUSED && !NOT_THERE.contains(said.httpStatus());
  }

  private Doubt byClientId() throws MethodException, InterruptedException {
    Operation get = resource.get();
    if (get == null || !Identities.isWhole(resource, intent.identity())) {
      return new Doubt.Open("no operation reads the chosen identity back", List.of());
    }
    ApiRequest request =
        new RequestBuilder(get, context.http().baseUrl(), intent.arguments(), intent.identity())
            .build(null, context.timing().readTimeout());
    ApiResponse response = ReadApi.read(context.http(), request);
    if ((response.status() == 404 || response.status() == 410) && response.isJson()) {
      return new Doubt.NotSeen(request.describe() + " says that it is not there");
    }
    Optional<JsonNode> found = response.json().map(b -> b.at(get.resultPointer()));
    if (!response.isSuccess() || found.filter(JsonNode::isObject).isEmpty()) {
      return new Doubt.Open(ApiFailures.answered(request, response).message(), List.of());
    }
    if (Boolean.TRUE.equals(intent.existedBefore())) {
      return new Doubt.NotSeen(request.describe() + " found it before, so nothing was sent");
    }
    if (intent.existedBefore() == null) {
      return new Doubt.Open(
          request.describe() + " finds it, but it may have existed before the send",
          List.of(Identities.externalId(resource, intent.identity())));
    }
    return new Doubt.Found(intent.identity(), found.get(), Outcome.ADOPTED);
  }

  private Doubt byMarker(Reconcile.Marker place) throws MethodException, InterruptedException {
    String marker = intent.marker();
    if (marker == null) {
      return new Doubt.Open("the request carried no marker", List.of());
    }
    Map<ObjectNode, JsonNode> all = candidates.all();
    Map<ObjectNode, JsonNode> ours = Candidates.marked(all, place, marker);
    if (ours.isEmpty() && all.values().stream().noneMatch(i -> Markers.carriesAny(i, place))) {
      return new Doubt.Open(
          "no listed object carries the marker "
              + marker
              + ", and none of ours shows that the API keeps markers",
          List.of());
    }
    return one(ours, "marker " + marker);
  }

  private Doubt byNaturalKey(Reconcile.NaturalKey key)
      throws MethodException, InterruptedException {
    JsonNode sent = intent.body() == null ? Json.object() : intent.body();
    if (!key.fields().stream().allMatch(f -> sent.at(f).isValueNode() && !sent.at(f).isNull())) {
      return new Doubt.Open("the request has no value in " + key.fields(), List.of());
    }
    Map<ObjectNode, JsonNode> all = candidates.alikeOfAnybody(key);
    Map<ObjectNode, JsonNode> alike = new LinkedHashMap<>(all);
    candidates.removeOwned(alike);
    // An id given out anew: made since the baseline under this name, and stored of another key.
    if (intent.baseline() != null && alike.isEmpty() && !all.isEmpty()) {
      return new Doubt.Open(
          "what is there by " + key.fields() + " has an id that another key owns",
          candidates.externalIds(all));
    }
    // Without a baseline, none that is alike still proves absence, but one proves nothing.
    if (intent.baseline() == null && !alike.isEmpty()) {
      return new Doubt.Open(
          "what existed before the send was not listed, and these match",
          candidates.externalIds(alike));
    }
    Map<ObjectNode, JsonNode> same = new LinkedHashMap<>(alike);
    same.values().removeIf(item -> !sameFields(item, sent));
    // An API may change what it was sent: what is alike but not the same is no proof of absence.
    if (same.isEmpty() && !alike.isEmpty()) {
      return new Doubt.Open(
          "what is there by " + key.fields() + " differs from what was sent",
          candidates.externalIds(alike));
    }
    return one(same, "every sent field that can be read back, created after the send");
  }

  /** Every scalar field that was sent and can be read must be the same. */
  private static boolean sameFields(JsonNode item, JsonNode body) {
    for (Map.Entry<String, JsonNode> sent : body.properties()) {
      JsonNode shown = item.path(sent.getKey());
      boolean comparable = sent.getValue().isValueNode() && shown.isValueNode() && !shown.isNull();
      if (comparable && !shown.asText().equals(sent.getValue().asText())) {
        return false;
      }
    }
    return true;
  }

  private Doubt one(Map<ObjectNode, JsonNode> items, String by) {
    if (items.isEmpty()) {
      return new Doubt.NotSeen("a complete listing shows none by " + by);
    }
    if (items.size() > 1) {
      return new Doubt.Open("several objects match by " + by, candidates.externalIds(items));
    }
    Map.Entry<ObjectNode, JsonNode> only = items.entrySet().iterator().next();
    Outcome as = resource.get() == null ? Outcome.ADOPTED : Outcome.CREATED;
    return new Doubt.Found(only.getKey(), only.getValue(), as);
  }
}
