package dev.pawl.server.models;

import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Model;
import dev.pawl.model.Pacer;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.Timing;
import dev.pawl.model.data.DataRepository;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import org.jspecify.annotations.Nullable;

/** Says what a create would do, as {@link InvokeMethod} would call it: by reads alone. */
public final class PreviewCreate {
  private final ModelRegistry models;
  private final Connections connections;
  private final DataRepository data;
  private final Timing timing;
  private final Pacer pacer;

  public PreviewCreate(
      ModelRegistry models,
      Connections connections,
      DataRepository data,
      Timing timing,
      Pacer pacer) {
    this.models = models;
    this.connections = connections;
    this.data = new ReadOnlyData(data);
    this.timing = timing;
    this.pacer = pacer;
  }

  /**
   * Previews.
   *
   * @param key of the resource that would be made
   * @param arguments null where they cannot be known before the run
   */
  public Preview run(
      ResourceKey key,
      @Nullable ObjectNode arguments,
      CreateOptions options,
      MethodCall.Reuse reuse)
      throws InterruptedException {
    StoredResource row = data.read(key);
    boolean isThere = row.effectiveState() == ResourceState.PRESENT;
    if (reuse == MethodCall.Reuse.IF_EXISTS && isThere && row.data() != null) {
      return Preview.of(Act.REUSE, row.data());
    }
    Model model =
        models
            .find(key.modelType())
            .orElseThrow(() -> new IllegalStateException("checked before: " + key.modelType()));
    return model
        .preview(
            arguments, new LookingContext(model, key, data, connections, options, timing, pacer))
        .orElseGet(() -> byWhatIsStored(row));
  }

  /** What was never sent to an API is taken as it is stored. */
  private static Preview byWhatIsStored(StoredResource row) {
    return switch (row.effectiveState()) {
      case PRESENT ->
          Preview.of(Act.REUSE, row.data() == null ? NullNode.getInstance() : row.data());
      case IN_DOUBT -> Preview.of(Act.IN_DOUBT, "an earlier create's outcome is not known");
      case CLAIMED -> Preview.of(Act.REUSE, "it is being made now, and is waited for");
      case ABSENT -> Preview.of(Act.CREATE);
      case DELETED ->
          Preview.of(
              row.tombstone() != null && row.tombstone().isToBeRecreated()
                  ? Act.RECREATE
                  : Act.CREATE);
    };
  }
}
