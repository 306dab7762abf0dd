package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.Json;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Tells whether what an id shows now is what it showed before: APIs give ids out anew. */
final class SameObject {
  /** What most APIs call the time of creation, which nothing changes later. */
  private static final List<String> CREATED =
      List.of("/created_at", "/createdAt", "/creation_time", "/creationTimestamp", "/created");

  /** What an object has from its making, or out of what it is made of, and never changes. */
  private static final Set<String> BORN_WITH =
      Set.of("fingerprint", "thumbprint", "publickey", "dnskey", "uuid", "guid", "serialnumber");

  /** Two answers of one API may round a time in two ways. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private SameObject() {}

  /**
   * What speaks against it; empty where nothing does. Another creation time does, and another
   * object's marker. Where the time does not say that it is the same, so do a missing marker of
   * ours, another natural key, another value of what an object is born with, and, where the API has
   * no update, another value of what it was made with: people take labels away and change names.
   *
   * @param ours the marker of the stored object, if it has any
   * @param row as it is stored
   */
  static Optional<String> doubts(
      RestResource resource, String ours, StoredResource row, JsonNode found) {
    Reconcile strategy = resource.reconcile();
    JsonNode before = row.data() == null ? Json.object() : row.data();
    boolean sameTime = false;
    for (String field : created(strategy)) {
      Instant was = Candidates.instant(before.at(field));
      Instant is = Candidates.instant(found.at(field));
      if (was != null && is != null) {
        if (Duration.between(was, is).abs().compareTo(ROUNDING) > 0) {
          return Optional.of("created at " + is + ", ours at " + was);
        }
        sameTime = true;
      }
    }
    Reconcile how = strategy.withoutToken();
    if (how instanceof Reconcile.Marker place && Markers.carries(before, place, ours)) {
      String where = place.field().substring(1);
      if (Markers.carries(found, place, ours)) {
        return Optional.empty();
      }
      if (Markers.carriesAny(found, place)) {
        return Optional.of("with another object's marker in " + where);
      }
      // What was stored from a list says nothing of what a read of the one shows.
      boolean shownElsewhere = !row.confirmed() && found.at(place.field()).isMissingNode();
      return sameTime || shownElsewhere
          ? Optional.empty()
          : Optional.of("without the marker in " + where + " that ours has");
    }
    if (sameTime) {
      return Optional.empty();
    }
    boolean renamed =
        how instanceof Reconcile.NaturalKey key
            && key.fields().stream().allMatch(f -> before.at(f).isValueNode())
            && key.fields().stream().allMatch(f -> found.at(f).isValueNode())
            && !NaturalKeys.same(key, found, before);
    return renamed
        ? Optional.of("with another natural key than ours has")
        : otherByBirth(resource, row, before, found);
  }

  private static Optional<String> otherByBirth(
      RestResource resource, StoredResource row, JsonNode before, JsonNode found) {
    JsonNode madeWith = row.arguments() == null ? Json.object() : row.arguments();
    return before.properties().stream()
        .filter(
            e ->
                madeWith.has(e.getKey())
                    ? resource.update() == null
                        && e.getValue().asText().equals(madeWith.path(e.getKey()).asText())
                    : BORN_WITH.contains(plain(e.getKey())))
        .filter(e -> isOther(e.getValue(), found.path(e.getKey())))
        .map(e -> "with another " + e.getKey() + " than ours has")
        .findFirst();
  }

  private static String plain(String name) {
    return name.replaceAll("[^A-Za-z0-9]", "").toLowerCase(Locale.ROOT);
  }

  private static boolean isOther(JsonNode was, JsonNode is) {
    boolean comparable = (was.isTextual() || was.isNumber()) && (is.isTextual() || is.isNumber());
    return comparable && !was.asText().equals(is.asText());
  }

  private static List<String> created(Reconcile strategy) {
    List<String> fields = new ArrayList<>(CREATED);
    if (strategy.withoutToken() instanceof Reconcile.NaturalKey key && !key.createdAt().isEmpty()) {
      fields.add(0, key.createdAt());
    }
    return fields;
  }
}
