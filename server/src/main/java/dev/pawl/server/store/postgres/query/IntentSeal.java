package dev.pawl.server.store.postgres.query;

import dev.pawl.model.ResourceKey;
import dev.pawl.model.data.Intent;
import java.util.Optional;

/** How requests are kept from those who only see the table. */
public interface IntentSeal {
  byte[] seal(ResourceKey row, Intent intent);

  /** Empty when it was sealed with another key or for another row. */
  Optional<Intent> open(ResourceKey row, byte[] sealed);
}
