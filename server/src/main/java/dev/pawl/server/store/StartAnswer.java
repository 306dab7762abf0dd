package dev.pawl.server.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.server.run.RunRecord;
import org.jspecify.annotations.Nullable;

/** What came of storing a run. */
public sealed interface StartAnswer {
  /** It is stored. */
  record Started(RunRecord run) implements StartAnswer {}

  /** Its key is known: nothing was stored. */
  record Known(String runId, String fingerprint, @Nullable JsonNode request, boolean isExpired)
      implements StartAnswer {}
}
