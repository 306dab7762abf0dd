package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** What {@code run}, {@code retry} and {@code show} answer. */
record RunAnswer(Finished command, JsonNode document) {

  static RunAnswer of(Finished command) throws JsonProcessingException {
    return new RunAnswer(command, command.json());
  }

  String run() {
    return document.path("run").asText();
  }

  boolean replayed() {
    return document.path("replayed").asBoolean();
  }

  /** Each step's id, with its outcome, or else its status, in the workflow's order. */
  List<String> steps() {
    List<String> steps = new ArrayList<>();
    document
        .path("steps")
        .forEach(
            step -> {
              JsonNode outcome = step.path("outcome");
              JsonNode word = outcome.isNull() ? step.path("status") : outcome;
              steps.add(step.path("id").asText() + " " + word.asText());
            });
    return steps;
  }

  JsonNode step(String id) {
    for (JsonNode step : document.path("steps")) {
      if (step.path("id").asText().equals(id)) {
        return step;
      }
    }
    throw new AssertionError("no step " + id + " in " + command);
  }

  /** Fails unless the run succeeded. */
  RunAnswer succeeded() {
    command.exits(0);
    assertThat(document.path("status").asText()).as("%s", command).isEqualTo("SUCCEEDED");
    return this;
  }

  /** Fails unless the run failed, with exit code 1. */
  RunAnswer failed() {
    command.exits(1);
    assertThat(document.path("status").asText()).as("%s", command).isEqualTo("FAILED");
    return this;
  }
}
