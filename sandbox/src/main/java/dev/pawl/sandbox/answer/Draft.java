package dev.pawl.sandbox.answer;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What is known while one body is being written. */
final class Draft {
  private final Instant now;
  private final Map<String, JsonNode> transitions = new HashMap<>();
  private final Set<String> open = new HashSet<>();

  Draft(Instant now) {
    this.now = now;
  }

  Instant now() {
    return now;
  }

  /** Values to be shown until the thing is ready, by JSON pointer. */
  Map<String, JsonNode> transitions() {
    return transitions;
  }

  /** Schemas being invented right now, by reference; one that comes again is recursion. */
  Set<String> open() {
    return open;
  }
}
