package dev.pawl.server.language;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of the workflow file, for editors. It says less than the parser checks. */
public final class WorkflowSchema {
  private static final String RESOURCE = "workflow.schema.json";

  private WorkflowSchema() {}

  /** The schema as it is published, with its line breaks. */
  public static String text() {
    try (var in = WorkflowSchema.class.getResourceAsStream(RESOURCE)) {
      return new String(requireNonNull(in, RESOURCE).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static ObjectNode json() {
    return (ObjectNode) Json.parse(text());
  }
}
