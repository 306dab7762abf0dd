package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** What a look for a create in doubt has shown. */
sealed interface Doubt {
  /** It was made, and this is it. */
  record Found(ObjectNode identity, JsonNode data) implements Doubt {}

  /** A complete look showed no trace of it. */
  record NotSeen(String how) implements Doubt {}

  /** Nothing can be told: why, and what was seen. */
  record Open(String why, List<String> candidates) implements Doubt {}
}
