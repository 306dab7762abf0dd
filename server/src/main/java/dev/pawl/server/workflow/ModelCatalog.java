package dev.pawl.server.workflow;

import dev.pawl.model.ModelDescriptor;
import java.util.Collection;
import java.util.Optional;

/** The model types a workflow may name. */
public interface ModelCatalog {
  Optional<ModelDescriptor> model(String type);

  /** Every type there is, for suggestions. */
  Collection<String> types();
}
