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

  /** The same rows; the versions stored through it carry the run's id. */
  DataStore inRun(String runId);

  /**
   * Stores a version by hand: its audit and its idempotency key are in the same transaction.
   *
   * @throws MethodException EXTERNAL_ID_OWNED, LIMIT_EXCEEDED
   */
  PutDataAnswer put(NewData data) throws MethodException;

  List<Listed> list(Query query);

  /** Versions below {@code before} (0: from the newest), newest first. */
  List<Version> versions(ResourceKey key, long before, int limit);

  Optional<Version> version(ResourceKey key, long version);

  /** What was learned about a row, oldest first. */
  List<Evidence> evidence(ResourceKey key);
}
