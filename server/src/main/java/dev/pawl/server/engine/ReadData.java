package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.store.DataStore;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads stored state. Asks no API. */
public final class ReadData {
  private final DataStore data;

  /**
   * A stored version.
   *
   * @param runId the run that stored it; empty outside a run
   */
  public record Version(
      long version,
      long incarnation,
      ResourceState state,
      JsonNode data,
      String externalId,
      String runId,
      Instant at) {}

  /**
   * A row with what goes with it.
   *
   * @param version the one that was asked for, else the latest; null when nothing was ever stored
   * @param evidence empty unless IN_DOUBT
   */
  public record Found(StoredResource row, @Nullable Version version, List<Evidence> evidence) {
    public Found {
      requireNonNull(row, "row");
      evidence = List.copyOf(evidence);
    }
  }

  /**
   * A page of rows, by key.
   *
   * @param after only rows behind this key; null from the first
   * @param modelType null: any
   * @param states what the rows stand for now; empty: any but ABSENT and DELETED
   * @param account empty: any
   */
  public record Query(
      String namespace,
      @Nullable ResourceKey after,
      int limit,
      @Nullable String modelType,
      String instancePrefix,
      Set<ResourceState> states,
      String account) {
    public Query {
      states =
          states.isEmpty()
              ? Set.of(ResourceState.CLAIMED, ResourceState.PRESENT, ResourceState.IN_DOUBT)
              : Set.copyOf(states);
    }
  }

  /**
   * A row of a page.
   *
   * @param storedAt when its latest version was stored; null before any
   */
  public record Listed(StoredResource row, @Nullable Instant storedAt) {}

  /**
   * A page; it may be short, even empty, although there are more.
   *
   * @param next where the next page begins; null when this is the last
   */
  public record Page(List<Listed> rows, @Nullable ResourceKey next) {
    public Page {
      rows = List.copyOf(rows);
    }
  }

  @Inject
  public ReadData(DataStore data) {
    this.data = data;
  }

  /**
   * Reads one row.
   *
   * @param version 0: the latest
   * @throws ServerFailure NOT_FOUND
   */
  public Found find(ResourceKey key, long version) {
    return look(key, version).orElseThrow(() -> ClaimFailures.notFound(key.toString()));
  }

  /** The latest of one row, if anything was ever stored of it. */
  public Optional<Found> look(ResourceKey key) {
    return look(key, 0);
  }

  private Optional<Found> look(ResourceKey key, long version) {
    StoredResource row = data.read(key);
    return isUnknown(row)
        ? Optional.empty()
        : Optional.of(new Found(row, version(row, version), evidence(row)));
  }

  /** The id of this installation, by which its markers are found again after a loss. */
  public String installationId() {
    return data.installationId();
  }

  /** What is known of a row in doubt; empty for any other. */
  public List<Evidence> evidence(StoredResource row) {
    return row.effectiveState() == ResourceState.IN_DOUBT ? data.evidence(row.key()) : List.of();
  }

  /** Lists rows. */
  public Page list(Query query) {
    List<DataStore.Listed> read =
        data.list(
            new DataStore.Query(
                query.namespace(),
                query.after(),
                query.limit() + 1,
                query.modelType(),
                query.instancePrefix(),
                asStored(query.states())));
    boolean more = read.size() > query.limit();
    List<DataStore.Listed> page = more ? read.subList(0, query.limit()) : read;
    return new Page(
        page.stream()
            .filter(listed -> query.states().contains(listed.row().effectiveState()))
            .filter(
                listed ->
                    query.account().isEmpty() || query.account().equals(listed.row().account()))
            .map(listed -> new Listed(listed.row(), listed.storedAt()))
            .toList(),
        more ? page.getLast().row().key() : null);
  }

  /**
   * Lists stored versions, newest first.
   *
   * @param before only lower ones; 0 from the newest
   * @throws ServerFailure NOT_FOUND
   */
  public List<Version> versions(ResourceKey key, long before, int limit) {
    if (isUnknown(data.read(key))) {
      throw ClaimFailures.notFound(key.toString());
    }
    return data.versions(key, before, limit).stream().map(ReadData::version).toList();
  }

  private @Nullable Version version(StoredResource row, long wanted) {
    if (wanted == 0 && row.version() == 0) {
      return null;
    }
    Optional<DataStore.Version> found =
        data.version(row.key(), wanted == 0 ? row.version() : wanted);
    if (wanted != 0 && found.isEmpty()) {
      throw ClaimFailures.notFound(row.key() + " in version " + wanted);
    }
    return found.map(ReadData::version).orElse(null);
  }

  private static Version version(DataStore.Version v) {
    return new Version(
        v.version(),
        v.incarnation(),
        v.outcome().equals("DELETED") ? ResourceState.DELETED : ResourceState.PRESENT,
        v.data(),
        v.externalId() == null ? "" : v.externalId(),
        v.runId() == null ? "" : v.runId(),
        v.at());
  }

  /** A claim whose lease has run out is stored as CLAIMED and stands for something else. */
  private static Set<ResourceState> asStored(Set<ResourceState> wanted) {
    EnumSet<ResourceState> stored = EnumSet.copyOf(wanted);
    if (wanted.contains(ResourceState.IN_DOUBT) || wanted.contains(ResourceState.PRESENT)) {
      stored.add(ResourceState.CLAIMED);
    }
    return stored;
  }

  private static boolean isUnknown(StoredResource row) {
    return row.state() == ResourceState.ABSENT && row.version() == 0 && row.fencingToken() == 0;
  }
}
