package dev.pawl.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.model.MethodException;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.Evidence;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The data repository, with what people ask of it besides. */
public interface DataStore extends DataRepository {

  /**
   * One stored version.
   *
   * @param outcome how it came about
   * @param runId the run that stored it; null outside a run
   */
  record Version(
      long version,
      long incarnation,
      JsonNode data,
      String outcome,
      @Nullable String externalId,
      @Nullable String runId,
      Instant at) {}

  /**
   * A page of rows, by key.
   *
   * @param after only rows with a higher (model type, instance, output spec); null from the first
   * @param modelType only of this type; null: any
   * @param instancePrefix only instances that begin so; empty: any
   * @param states only these, as stored; empty: any but ABSENT
   */
  record Query(
      String namespace,
      @Nullable ResourceKey after,
      int limit,
      @Nullable String modelType,
      String instancePrefix,
      Set<ResourceState> states) {
    public Query {
      states = Set.copyOf(states);
    }
  }

  /**
   * A row of a page.
   *
   * @param storedAt when its latest version was stored; null before any
   */
  record Listed(StoredResource row, @Nullable Instant storedAt) {}

  /**
   * What is known of a resource's own state, for whoever compares it with an API.
   *
   * @param incarnation which object of the key it is, or the next one would be
   * @param state as stored
   * @param isOwner whether the key owns the external id: from its completion to its tombstone
   * @param duplicates ids that late reports have named besides the stored one
   */
  record Known(
      ResourceKey key,
      long incarnation,
      ResourceState state,
      @Nullable String externalId,
      @Nullable String account,
      boolean isOwner,
      List<String> duplicates) {
    public Known {
      duplicates = List.copyOf(duplicates);
    }
  }

  /** The same rows; the versions stored through it carry the run's id. */
  DataStore inRun(String runId);

  /**
   * The same rows; each claim that is completed, abandoned or ended by a burial through it appends
   * this to the audit, in the same transaction.
   */
  DataStore audited(AuditNote note);

  /**
   * Stores a version by hand: its audit and its idempotency key are in the same transaction.
   *
   * @throws MethodException EXTERNAL_ID_OWNED, LIMIT_EXCEEDED
   */
  PutDataAnswer put(NewData data) throws MethodException;

  List<Listed> list(Query query);

  /**
   * Every key of a type in any namespace, in any state, by key.
   *
   * @param after only behind this key; null from the first
   */
  List<Known> known(String modelType, @Nullable ResourceKey after, int limit);

  /** Versions below {@code before} (0: from the newest), newest first. */
  List<Version> versions(ResourceKey key, long before, int limit);

  Optional<Version> version(ResourceKey key, long version);

  /** What was learned about a row, oldest first. */
  List<Evidence> evidence(ResourceKey key);
}
