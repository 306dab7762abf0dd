package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Failure;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Intent;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The listed objects that a sent create may have made. */
final class Candidates {
  private static final Duration CLOCK_SKEW = Duration.ofMinutes(2);

  private final RestResource resource;
  private final Intent intent;
  private final ResourceKey key;
  private final Instant from;
  private final Instant until;
  private final MethodContext context;

  /**
   * @param from before this, less the clocks' difference, it cannot have been made
   * @param until nor after this
   */
  Candidates(
      RestResource resource,
      Intent intent,
      ResourceKey key,
      Instant from,
      Instant until,
      MethodContext context) {
    this.resource = resource;
    this.intent = intent;
    this.key = key;
    this.from = from;
    this.until = until;
    this.context = context;
  }

  /** The whole collection, by identity. */
  Map<ObjectNode, JsonNode> all() throws MethodException, InterruptedException {
    Listing listing = resource.listing();
    if (listing == null) {
      throw MethodException.unknown(
          Failure.of(Reason.IN_DOUBT, "no operation lists " + resource.type()));
    }
    Map<ObjectNode, JsonNode> out = new LinkedHashMap<>();
    for (JsonNode item :
        new ListAll(listing, intent.arguments(), intent.identity(), context).run()) {
      Identities.ofItem(resource, listing, intent.identity(), item)
          .ifPresent(identity -> out.put(identity, item));
    }
    return out;
  }

  /** Those that carry a marker themselves: a filter is never trusted. */
  static Map<ObjectNode, JsonNode> marked(
      Map<ObjectNode, JsonNode> all, Reconcile.Marker place, String marker) {
    Map<ObjectNode, JsonNode> out = new LinkedHashMap<>(all);
    out.values().removeIf(item -> !Markers.carries(item, place, marker));
    return out;
  }

  /** Those with the same natural key that may be new, and that no other key owns. */
  Map<ObjectNode, JsonNode> alike(Reconcile.NaturalKey natural)
      throws MethodException, InterruptedException {
    Map<ObjectNode, JsonNode> out = alikeOfAnybody(natural);
    removeOwned(out);
    return out;
  }

  /** Those with the same natural key that may be new, also under an id that another key owns. */
  Map<ObjectNode, JsonNode> alikeOfAnybody(Reconcile.NaturalKey natural)
      throws MethodException, InterruptedException {
    JsonNode sent = intent.body() == null ? Json.object() : intent.body();
    List<String> baseline = intent.baseline();
    Set<String> before = baseline == null ? Set.of() : Set.copyOf(baseline);
    Map<ObjectNode, JsonNode> out = all();
    out.entrySet()
        .removeIf(
            e ->
                before.contains(Identities.externalId(resource, e.getKey()))
                    || !NaturalKeys.same(natural, e.getValue(), sent)
                    || !madeInTime(natural, e.getValue()));
    return out;
  }

  /** Takes out what another key owns. */
  void removeOwned(Map<ObjectNode, JsonNode> items) {
    Set<String> taken =
        context.dataRepository().ownedByOthers(key, intent.account(), externalIds(items));
    items.keySet().removeIf(i -> taken.contains(Identities.externalId(resource, i)));
  }

  List<String> externalIds(Map<ObjectNode, JsonNode> items) {
    List<String> ids = new ArrayList<>();
    items.keySet().forEach(i -> ids.add(Identities.externalId(resource, i)));
    return ids;
  }

  /** Not provably at another time; where there is no creation time, nothing is proven by it. */
  private boolean madeInTime(Reconcile.NaturalKey natural, JsonNode item) {
    Instant made = natural.createdAt().isEmpty() ? null : instant(item.at(natural.createdAt()));
    return made == null
        || (!made.isBefore(from.minus(CLOCK_SKEW)) && !made.isAfter(until.plus(CLOCK_SKEW)));
  }

  /** A time in ISO 8601 or in seconds since 1970; null for anything else. */
  static @Nullable Instant instant(JsonNode value) {
    if (value.isIntegralNumber()) {
      return Instant.ofEpochSecond(value.asLong());
    }
    try {
      return value.isTextual() ? OffsetDateTime.parse(value.asText()).toInstant() : null;
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
