package dev.pawl.server.engine;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.failure.ServerFailure;
import dev.pawl.server.models.LookAtObjects;
import dev.pawl.server.store.DataStore;
import dev.pawl.server.workflow.ModelCatalog;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares what is stored with what the APIs show, type by type. Changes nothing. */
public final class AuditData {
  private static final int PAGE = 500;
  private static final Set<ResourceState> ALL = EnumSet.allOf(ResourceState.class);

  private final DataStore data;
  private final LookAtObjects look;
  private final ModelCatalog catalog;

  /**
   * What to compare.
   *
   * @param modelType null: every type that has stored resources
   */
  public record Command(String namespace, @Nullable String modelType) {
    public Command {
      requireNonNull(namespace, "namespace");
    }
  }

  @Inject
  public AuditData(DataStore data, LookAtObjects look, ModelCatalog catalog) {
    this.data = data;
    this.look = look;
    this.catalog = catalog;
  }

  /**
   * Compares; each finding is told as soon as it is made.
   *
   * @throws ServerFailure MODEL_NOT_FOUND for a type that has neither a model here nor anything
   *     stored
   */
  public void run(Command command, Findings<AuditFinding> findings) throws InterruptedException {
    List<StoredResource> ofType = new ArrayList<>();
    ResourceKey after = null;
    List<DataStore.Listed> page;
    do {
      page = data.list(query(command, after));
      for (DataStore.Listed listed : page) {
        StoredResource row = listed.row();
        if (!ofType.isEmpty() && !typeOf(ofType).equals(row.key().modelType())) {
          type(command, typeOf(ofType), ofType, findings);
          ofType.clear();
        }
        ofType.add(row);
        after = row.key();
      }
    } while (page.size() == PAGE);
    if (!ofType.isEmpty()) {
      type(command, typeOf(ofType), ofType, findings);
    } else if (command.modelType() != null) {
      FindMethod.model(catalog, command.modelType());
      type(command, command.modelType(), List.of(), findings);
    }
  }

  private static DataStore.Query query(Command command, @Nullable ResourceKey after) {
    return new DataStore.Query(command.namespace(), after, PAGE, command.modelType(), "", ALL);
  }

  private static String typeOf(List<StoredResource> rows) {
    return rows.getFirst().key().modelType();
  }

  private void type(
      Command command, String modelType, List<StoredResource> rows, Findings<AuditFinding> findings)
      throws InterruptedException {
    ResourceKey any = new ResourceKey(command.namespace(), modelType, "", ResourceKey.STATE);
    new AuditType(any, List.copyOf(rows), () -> known(modelType), data, look.of(any), findings)
        .run();
  }

  private List<DataStore.Known> known(String modelType) {
    List<DataStore.Known> all = new ArrayList<>();
    List<DataStore.Known> page;
    do {
      page = data.known(modelType, all.isEmpty() ? null : all.getLast().key(), PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }
}
