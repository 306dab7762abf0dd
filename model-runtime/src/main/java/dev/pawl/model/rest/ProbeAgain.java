package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodContext;
import dev.pawl.model.MethodException;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.Intent;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The look that a create owes which was sent after an earlier send had been proven to have made
 * nothing: a quarantine later, is there one object, or did the first send come through after all
 * (DESIGN section 4, rule 3)?
 */
final class ProbeAgain {
  private static final int MAX_ROUNDS = 5;

  /** An object of so old an incarnation is no more looked for. */
  private static final int MAX_INCARNATIONS = 100;

  private final RestResource resource;
  private final @Nullable Intent intent;
  private final MethodContext context;
  private final DataRepository repository;

  /**
   * @param intent what was sent; null where another process sent it: then by what is stored
   */
  ProbeAgain(RestResource resource, @Nullable Intent intent, MethodContext context) {
    this.resource = resource;
    this.intent = intent;
    this.context = context;
    this.repository = context.dataRepository();
  }

  /** Warnings; none where nothing is owed. Waits until the quarantine of the send has passed. */
  List<String> run(ResourceKey key) throws InterruptedException {
    for (int round = 0; round < MAX_ROUNDS; round++) {
      StoredResource row = repository.read(key);
      Instant since = row.provenAbsentAt();
      if (since == null || row.effectiveState() != ResourceState.PRESENT) {
        return List.of();
      }
      try {
        return look(row, since);
      } catch (MethodException e) {
        // Another send was late meanwhile, or the row is another: look again.
        if (e.failure().reason() != Reason.CLAIM_STALE) {
          return List.of(notLookedUp(key, e.failure().message()));
        }
      }
    }
    return List.of(notLookedUp(key, "it changed " + MAX_ROUNDS + " times"));
  }

  private static String notLookedUp(ResourceKey key, String why) {
    return "whether an earlier send of "
        + key
        + " was carried out after all could not be looked up, the next run asks again: "
        + why;
  }

  private List<String> look(StoredResource row, Instant since)
      throws MethodException, InterruptedException {
    context.waitingFor(
        "the quarantine of " + row.key() + ", sent twice: is there one object, or are there two?");
    context.pacer().pause(untilDue(row, since));
    List<String> others = others(row, since);
    repository.probed(row, others);
    if (others.isEmpty()) {
      return List.of();
    }
    repository.note(
        row.key(),
        new Evidence(
            "DUPLICATE: an earlier send was carried out after all",
            Json.object().set("others", Json.mapper().valueToTree(others))));
    return List.of(
        "DUPLICATE: beside "
            + row.externalId()
            + " the API shows "
            + String.join(", ", others)
            + ", made by an earlier send of this create after it had been proven absent;"
            + " delete what is not wanted, see 'pawl data audit'");
  }

  /** As late as the second look that proves an absence, counted from the last send. */
  private Duration untilDue(StoredResource row, Instant since) {
    Instant made = row.presentSince();
    Instant last = made == null || made.isBefore(since) ? since : made;
    Duration wait = context.timing().quarantine().plus(context.timing().settle());
    Duration left = wait.minus(Duration.between(last, row.readAt()));
    return left.isNegative() ? Duration.ZERO : left;
  }

  private List<String> others(StoredResource row, Instant since)
      throws MethodException, InterruptedException {
    Set<String> ids = new LinkedHashSet<>(shown(row, since));
    ids.addAll(ofEarlierIncarnations(row, since));
    ids.remove(String.valueOf(row.externalId()));
    return List.copyOf(ids);
  }

  /** A sender may have slept through a tombstone. A natural key knows no incarnations. */
  private List<String> ofEarlierIncarnations(StoredResource row, Instant since)
      throws MethodException, InterruptedException {
    if (!(resource.reconcile().withoutToken() instanceof Reconcile.Marker place)
        || row.incarnation() == 1) {
      return List.of();
    }
    Candidates candidates = candidates(row, sent(row), since);
    Map<ObjectNode, JsonNode> all = candidates.all();
    SoftDelete gone = resource.softDelete();
    all.values().removeIf(i -> gone != null && gone.shows(i));
    List<String> ids = new ArrayList<>();
    for (long before = row.incarnation() - 1;
        before > Math.max(0, row.incarnation() - MAX_INCARNATIONS);
        before--) {
      String marker = Markers.marker(repository.installationId(), row.key(), before);
      ids.addAll(candidates.externalIds(Candidates.marked(all, place, marker)));
    }
    return ids;
  }

  private Candidates candidates(StoredResource row, Intent sent, Instant since) {
    Instant now = repository.read(row.key()).readAt();
    return new Candidates(resource, sent, row.key(), since, now, context);
  }

  /** The ids of what the API shows now that sends of this create may have made. */
  List<String> shown(StoredResource row, Instant since)
      throws MethodException, InterruptedException {
    Intent sent = sent(row);
    Candidates candidates = candidates(row, sent, since);
    Reconcile strategy = resource.reconcile().withoutToken();
    if (strategy instanceof Reconcile.Marker place && sent.marker() != null) {
      return candidates.externalIds(Candidates.marked(candidates.all(), place, sent.marker()));
    }
    return strategy instanceof Reconcile.NaturalKey natural
        ? candidates.externalIds(candidates.alike(natural))
        : List.of();
  }

  private Intent sent(StoredResource row) throws MethodException {
    if (intent != null) {
      return intent;
    }
    ObjectNode arguments = row.arguments() instanceof ObjectNode given ? given : Json.object();
    return new Intent(
        resource.create().method(),
        context.http().baseUrl(),
        Map.of(),
        arguments,
        arguments,
        row.identity(),
        Markers.marker(repository.installationId(), row.key(), row.incarnation()),
        null,
        context.http().account(),
        null,
        null);
  }
}
