package dev.pawl.server.engine;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.SeenObject;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.rest.ClientMarks;
import dev.pawl.server.engine.AuditFinding.Kind;
import dev.pawl.server.store.DataStore.Known;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks of every object that carries a marker whose it is. A marker is a hash: only by computing
 * those of all keys it can be told which of them it belongs to. Keys of other namespaces are looked
 * up too, and not told of.
 */
final class AuditMarkers {
  /** So many of a key's objects, the newest, are looked for. */
  private static final long INCARNATIONS = 64;

  private final ResourceKey any;
  private final Map<String, ResourceKey> owners = new HashMap<>();
  private final Map<String, Mark> marks = new HashMap<>();
  private final Map<String, List<String>> carriers = new LinkedHashMap<>();
  private final String installationId;

  /** Whose marker it is. */
  private record Mark(Known of, long incarnation) {
    boolean isCurrent() {
      return incarnation == of.incarnation();
    }
  }

  /** Who can be asked whether an object is still there. */
  @FunctionalInterface
  interface Existence {
    boolean mayExist(String externalId) throws InterruptedException;
  }

  /**
   * @param listed objects of the account
   */
  AuditMarkers(
      ResourceKey any,
      List<Known> known,
      String installationId,
      Collection<SeenObject> listed,
      String account) {
    this.any = any;
    this.installationId = installationId;
    for (Known one : known) {
      for (long i = one.incarnation(); i > 0 && i > one.incarnation() - INCARNATIONS; i--) {
        marks.put(ClientMarks.marker(installationId, one.key(), i), new Mark(one, i));
      }
      if (one.isOwner() && (one.account() == null || one.account().equals(account))) {
        owners.put(String.valueOf(one.externalId()), one.key());
      }
    }
    for (SeenObject object : listed) {
      for (String marker : object.markers()) {
        carriers.computeIfAbsent(marker, m -> new ArrayList<>()).add(object.externalId());
      }
    }
  }

  /** The ids of the listed objects that carry the marker of a key. */
  List<String> carriersOf(ResourceKey key, long incarnation) {
    return carriers.getOrDefault(ClientMarks.marker(installationId, key, incarnation), List.of());
  }

  /** What is wrong with the listed objects, as far as they are still there. */
  List<AuditFinding> run(Existence existence) throws InterruptedException {
    List<AuditFinding> findings = new ArrayList<>();
    for (var carried : carriers.entrySet()) {
      List<String> there = new ArrayList<>();
      boolean anyUnowned = false;
      for (String id : carried.getValue()) {
        boolean isOwned = owners.containsKey(id);
        if (isOwned || existence.mayExist(id)) {
          there.add(id);
          anyUnowned |= !isOwned;
        }
      }
      if (anyUnowned) {
        finding(carried.getKey(), there).ifPresent(findings::add);
      }
    }
    return findings;
  }

  private Optional<AuditFinding> finding(String marker, List<String> ids) {
    Mark mark = marks.get(marker);
    List<String> unowned = ids.stream().filter(id -> !owners.containsKey(id)).toList();
    if (mark == null) {
      return ofNoKey(marker, ids, unowned);
    }
    Known of = mark.of();
    if (!of.key().namespace().equals(any.namespace())) {
      return Optional.empty();
    }
    if (ids.size() > 1) {
      return Optional.of(duplicate(of.key(), ids));
    }
    if (mark.isCurrent() && of.isOwner()) {
      return Optional.of(
          duplicate(of.key(), List.of(String.valueOf(of.externalId()), unowned.getFirst())));
    }
    boolean open = of.state() == ResourceState.IN_DOUBT || of.state() == ResourceState.CLAIMED;
    return mark.isCurrent() && open
        ? Optional.empty()
        : Optional.of(unowned(of.key(), unowned, marker, forgotten(of)));
  }

  /** Of another installation, or of this one before it lost its database. */
  private Optional<AuditFinding> ofNoKey(String marker, List<String> ids, List<String> unowned) {
    Optional<ResourceKey> owner =
        ids.stream().map(owners::get).filter(Objects::nonNull).findFirst();
    if (owner.isEmpty()) {
      return Optional.of(unowned(null, unowned, marker, foreign()));
    }
    return owner.get().namespace().equals(any.namespace())
        ? Optional.of(duplicate(owner.get(), ids))
        : Optional.empty();
  }

  static AuditFinding duplicate(ResourceKey key, List<String> ids) {
    return AuditFinding.of(
        Kind.DUPLICATE,
        key,
        ids,
        String.join(" and ", ids)
            + " were both made for "
            + key
            + "; delete all but one of them at the API");
  }

  private AuditFinding unowned(
      @Nullable ResourceKey key, List<String> ids, String marker, String whose) {
    return new AuditFinding(
        Kind.UNOWNED,
        key,
        any.modelType(),
        ids,
        List.of(),
        String.join(", ", ids)
            + " carries the marker "
            + marker
            + " "
            + whose
            + "; delete it at the API, or take it by 'pawl data import "
            + any.modelType()
            + " "
            + (key == null ? "INSTANCE" : key.instance())
            + " "
            + ids.getFirst()
            + "'");
  }

  private String foreign() {
    return "of another installation than "
        + installationId
        + ", or of a key that this database has lost";
  }

  private static String forgotten(Known of) {
    return "of " + of.key() + ", which does not count it as its own any more";
  }
}
