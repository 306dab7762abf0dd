package dev.pawl.cli.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A command that has ended.
 *
 * @param line its arguments
 * @param exit its exit code
 */
record Finished(String line, int exit, String out, String err) {

  /** The one JSON document on stdout. */
  JsonNode json() throws JsonProcessingException {
    assertThat(out.lines()).as("one document of %s", this).hasSize(1);
    return new ObjectMapper().readTree(out);
  }

  /** The error document. */
  JsonNode error() throws JsonProcessingException {
    JsonNode error = json().path("error");
    assertThat(error.isObject()).as("an error document in %s", this).isTrue();
    return error;
  }

  Finished exits(int expected) {
    assertThat(exit).as("%s", this).isEqualTo(expected);
    return this;
  }

  @Override
  public String toString() {
    return "pawl %s, exit %d\n--- stdout\n%s--- stderr\n%s".formatted(line, exit, out, err);
  }
}
