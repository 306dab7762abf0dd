package dev.pawl.server.workflow;

import static java.util.Objects.requireNonNull;

import dev.pawl.model.CreateOptions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a step's create treats what it finds; every field may be left to the default.
 *
 * @param verify null: the model's default
 * @param onChange null: keep
 * @param adopt null: never
 * @param recreate whether to make anew what was deleted on record after the run began
 */
public record CreatePolicy(
    CreateOptions.@Nullable Verify verify,
    CreateOptions.@Nullable OnChange onChange,
    CreateOptions.@Nullable Adopt adopt,
    boolean recreate) {
  public static final CreatePolicy DEFAULT = new CreatePolicy(null, null, null, false);

  /** The same with another choice for what differs. */
  public CreatePolicy withOnChange(CreateOptions.OnChange choice) {
    return new CreatePolicy(verify, choice, adopt, recreate);
  }

  /** The same, making anew what was deleted on record. */
  public CreatePolicy recreating() {
    return new CreatePolicy(verify, onChange, adopt, true);
  }

  /** The options of a create, with the defaults filled in. */
  public CreateOptions options(Instant startedAt) {
    CreateOptions def = CreateOptions.DEFAULT;
    requireNonNull(startedAt, "startedAt");
    return new CreateOptions(
        verify == null ? def.verify() : verify,
        onChange == null ? def.onChange() : onChange,
        adopt == null ? def.adopt() : adopt,
        startedAt,
        recreate);
  }
}
