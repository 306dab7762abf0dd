package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells whether what an id shows now is what it showed before: APIs give ids out anew. */
final class SameObject {
  /** What most APIs call the time of creation, which nothing changes later. */
  private static final List<String> CREATED =
      List.of("/created_at", "/createdAt", "/creation_time", "/creationTimestamp", "/created");

  /** Two answers of one API may round a time in two ways. */
  private static final Duration ROUNDING = Duration.ofSeconds(2);

  private SameObject() {}

  /**
   * What speaks against it; empty where nothing does. Another creation time does, and another
   * object's marker. A missing marker of ours or another natural key do too, unless the creation
   * time is the same: people take labels away and change names.
   *
   * @param ours the marker of the stored object, if it has any
   */
  static Optional<String> doubts(Reconcile strategy, String ours, JsonNode before, JsonNode found) {
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
      return sameTime
          ? Optional.empty()
          : Optional.of("without the marker in " + where + " that ours has");
    }
    boolean renamed =
        how instanceof Reconcile.NaturalKey key
            && key.fields().stream().allMatch(f -> before.at(f).isValueNode())
            && key.fields().stream().allMatch(f -> found.at(f).isValueNode())
            && !NaturalKeys.same(key, found, before);
    return renamed && !sameTime
        ? Optional.of("with another natural key than ours has")
        : Optional.empty();
  }

  private static List<String> created(Reconcile strategy) {
    List<String> fields = new ArrayList<>(CREATED);
    if (strategy.withoutToken() instanceof Reconcile.NaturalKey key && !key.createdAt().isEmpty()) {
      fields.add(0, key.createdAt());
    }
    return fields;
  }
}
