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
   * What speaks against it; empty where nothing does. Another creation time does; so does a missing
   * marker of ours, unless the creation time is the same: people take labels away.
   */
  static Optional<String> doubts(Reconcile strategy, JsonNode before, JsonNode found) {
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
    return !sameTime
            && strategy.withoutToken() instanceof Reconcile.Marker place
            && Markers.carriesAny(before, place)
            && !Markers.carriesAny(found, place)
        ? Optional.of("without the marker in " + place.field().substring(1) + " that ours has")
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
