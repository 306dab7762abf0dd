package dev.pawl.model.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;

/**
 * Descriptions and schemas of a generated model's methods, from the data file beside its class:
 * {@code {"description": …, "methods": {NAME: {"description", "arguments", "output"}}}}.
 */
public final class MethodSchemas {
  private final String resource;
  private final JsonNode content;

  private MethodSchemas(String resource, JsonNode content) {
    this.resource = resource;
    this.content = content;
  }

  /**
   * Reads a data file.
   *
   * @param owner the class whose loader finds it
   * @param resource its path from the root of the class path
   * @throws IllegalStateException when it is missing or no JSON
   */
  public static MethodSchemas load(Class<?> owner, String resource) {
    try (InputStream in = owner.getResourceAsStream("/" + resource)) {
      if (in == null) {
        throw new IllegalStateException(
            resource + " is missing beside " + owner.getName() + "; generate the model again");
      }
      return new MethodSchemas(resource, Json.mapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read; generate the model again", e);
    }
  }

  /** The model's description. */
  public String description() {
    return content.path("description").asText();
  }

  /**
   * A method with its description and schemas.
   *
   * @param name the method's name
   * @param kind what it does to the world
   * @param outputSpec the named output under which its result is stored
   * @param operation what it sends
   */
  public RestMethod method(String name, MethodKind kind, String outputSpec, Operation operation) {
    JsonNode found = content.path("methods").path(name);
    if (!(found.path("arguments") instanceof ObjectNode arguments)
        || !(found.path("output") instanceof ObjectNode output)) {
      throw new IllegalStateException(
          resource + " does not describe the method '" + name + "'; generate the model again");
    }
    Set<MethodDescriptor.Trait> traits =
        kind == MethodKind.CREATE ? Set.of(MethodDescriptor.Trait.CLAIMS_ITSELF) : Set.of();
    return new RestMethod(
        new MethodDescriptor(
            name, kind, found.path("description").asText(), arguments, output, outputSpec, traits),
        operation);
  }
}
