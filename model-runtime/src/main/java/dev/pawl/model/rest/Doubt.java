package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Outcome;
import java.util.List;

/** What a look for a create in doubt has shown. */
sealed interface Doubt {
  /**
   * It was made, and this is it.
   *
   * @param as ADOPTED when the read that verifies it showed it; CREATED when a create's answer or a
   *     list says so, which a read of the one may yet lag behind
   */
  record Found(ObjectNode identity, JsonNode data, Outcome as) implements Doubt {}

  /** The same request, sent again under its token, leads to this operation. */
  record Begun(ObjectNode operation) implements Doubt {}

  /** A complete look showed no trace of it. */
  record NotSeen(String how) implements Doubt {}

  /** Nothing can be told: why, and what was seen. */
  record Open(String why, List<String> candidates) implements Doubt {}
}
