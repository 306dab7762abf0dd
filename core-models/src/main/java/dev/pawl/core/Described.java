package dev.pawl.core;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.model.Json;
import dev.pawl.model.MethodDescriptor;
import dev.pawl.model.MethodKind;
import dev.pawl.model.ModelDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A model's descriptor from the data file beside its class: {@code {"type", "description",
 * "methods": [{"name", "kind", "description", "outputSpec", "traits", "arguments", "output"}]}}.
 */
public final class Described {
  private Described() {}

  /**
   * Reads a data file.
   *
   * @param resource its name in the package of this class
   * @throws IllegalStateException when it is missing or says too little
   */
  public static ModelDescriptor by(String resource) {
    JsonNode content = read(resource);
    List<MethodDescriptor> methods = new ArrayList<>();
    content.path("methods").forEach(m -> methods.add(method(resource, m)));
    return new ModelDescriptor(
        content.path("type").asText(), content.path("description").asText(), methods);
  }

  private static JsonNode read(String resource) {
    try (InputStream in = Described.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing beside " + Described.class);
      }
      return Json.mapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " cannot be read", e);
    }
  }

  private static MethodDescriptor method(String resource, JsonNode content) {
    String name = content.path("name").asText();
    if (!(content.path("arguments") instanceof ObjectNode arguments)
        || !(content.path("output") instanceof ObjectNode output)) {
      throw new IllegalStateException(resource + " gives the method '" + name + "' no schemas");
    }
    Set<MethodDescriptor.Trait> traits = EnumSet.noneOf(MethodDescriptor.Trait.class);
    content.path("traits").forEach(t -> traits.add(MethodDescriptor.Trait.valueOf(t.asText())));
    return new MethodDescriptor(
        name,
        MethodKind.valueOf(content.path("kind").asText()),
        content.path("description").asText(),
        arguments,
        output,
        content.path("outputSpec").asText(name),
        traits);
  }
}
