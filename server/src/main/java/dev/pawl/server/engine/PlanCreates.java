package dev.pawl.server.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.CreateOptions;
import dev.pawl.model.Failure;
import dev.pawl.model.Preview;
import dev.pawl.model.Preview.Act;
import dev.pawl.model.Reason;
import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.ResourceState;
import dev.pawl.model.data.StoredResource;
import dev.pawl.server.models.MethodCall;
import dev.pawl.server.workflow.StepDefinition;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Previews a plan's creates. An API that did not answer for one is not asked for the next. */
final class PlanCreates {
  private static final Set<Reason> NOBODY_THERE =
      EnumSet.of(Reason.UNREACHABLE, Reason.NO_CONNECTION);

  private final EngineParts parts;
  private final Map<String, Failure> unasked = new HashMap<>();

  PlanCreates(EngineParts parts) {
    this.parts = parts;
  }

  /**
   * What the step's create would do.
   *
   * @param arguments null where they cannot be known before the run
   */
  Preview run(
      StepDefinition step, ResourceKey key, @Nullable ObjectNode arguments, CreateOptions options)
      throws InterruptedException {
    String connection = key.modelType().replaceFirst("/.*", "");
    Failure silent = unasked.getOrDefault(key.modelType(), unasked.get(connection));
    StoredResource row = parts.data().read(key);
    boolean wouldAsk = !step.skipIfExists() && !options.verify().never();
    if (silent != null && wouldAsk && row.effectiveState() == ResourceState.PRESENT) {
      return new Preview(Act.VERIFY, row.data(), List.of(), List.of(), silent);
    }
    Preview preview =
        parts
            .preview()
            .run(
                key,
                arguments,
                options,
                step.skipIfExists() ? MethodCall.Reuse.IF_EXISTS : MethodCall.Reuse.BY_METHOD);
    Failure why = preview.unasked();
    if (why != null) {
      unasked.put(NOBODY_THERE.contains(why.reason()) ? connection : key.modelType(), why);
    }
    return preview;
  }
}
