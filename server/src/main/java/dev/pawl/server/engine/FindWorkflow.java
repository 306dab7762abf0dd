package dev.pawl.server.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.pawl.model.Reason.Code;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.language.Suggestion;
import dev.pawl.server.store.StoredWorkflow;
import dev.pawl.server.store.WorkflowStore;
import dev.pawl.server.store.WorkflowStore.Detail;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Finds the definition of what is to run. */
@Singleton
public final class FindWorkflow {
  /** So many names, the first by the alphabet, are looked through for one that was meant. */
  private static final int COMPARED = 1000;

  /** Of the latest versions that are kept in mind, in characters. */
  private static final long MOST_KEPT = 8_000_000;

  private final WorkflowStore store;
  private final Cache<Name, Found> latest =
      Caffeine.newBuilder()
          .executor(Runnable::run)
          .maximumWeight(MOST_KEPT)
          .weigher((Name name, Found found) -> found.text().length())
          .build();

  private record Name(String namespace, String name) {}

  /**
   * A definition.
   *
   * @param version of the stored workflow; 0 for one that was sent along
   */
  record Found(String text, String fileName, long version) {}

  @Inject
  public FindWorkflow(WorkflowStore store) {
    this.store = store;
  }

  /**
   * The text to run.
   *
   * @throws ServerFailure WORKFLOW_NOT_FOUND
   */
  Found run(String namespace, WorkflowSource source) {
    return switch (source) {
      case WorkflowSource.Inline inline -> new Found(inline.text(), inline.fileName(), 0);
      case WorkflowSource.Stored stored -> {
        StoredWorkflow found = find(namespace, stored.name(), stored.version());
        Found text = new Found(found.definition(), found.definitionFile(), found.version());
        if (stored.version() == 0) {
          latest.put(new Name(namespace, stored.name()), text);
        }
        yield text;
      }
    };
  }

  /** What was the latest version when it was last asked for: whoever uses it asks whether it is. */
  Optional<Found> recent(String namespace, String name) {
    return Optional.ofNullable(latest.getIfPresent(new Name(namespace, name)));
  }

  /**
   * A stored version.
   *
   * @param version 0: the latest
   * @throws ServerFailure WORKFLOW_NOT_FOUND
   */
  public StoredWorkflow find(String namespace, String name, long version) {
    return store
        .find(namespace, name, version)
        .orElseThrow(
            () ->
                ServerFailure.of(
                    Code.NOT_FOUND, "WORKFLOW_NOT_FOUND", missing(namespace, name, version)));
  }

  private String missing(String namespace, String name, long version) {
    Optional<StoredWorkflow> latest =
        version == 0 ? Optional.empty() : store.find(namespace, name, 0);
    if (latest.isPresent()) {
      return "workflow %s of namespace %s has no version %d; its latest is %d"
          .formatted(name, namespace, version, latest.get().version());
    }
    List<String> names =
        store.latest(namespace, "", COMPARED, Detail.SUMMARY).stream()
            .map(StoredWorkflow::name)
            .toList();
    return "namespace "
        + namespace
        + " has no workflow "
        + name
        + Suggestion.nearest(name, names).map(near -> "; did you mean " + near + "?").orElse(";")
        + " 'pawl workflow list' shows what there is, 'pawl workflow put FILE' stores one";
  }
}
