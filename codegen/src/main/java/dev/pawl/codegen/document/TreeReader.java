package dev.pawl.codegen.document;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads YAML or JSON into a tree. */
public final class TreeReader {
  /** Documents above this size are refused. */
  public static final long MAX_BYTES = 64L << 20;

  static final int MAX_DEPTH = 400;

  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MAX_DEPTH)
                          .maxStringLength((int) MAX_BYTES)
                          .build())
                  .build())
          .build();

  private TreeReader() {}

  /**
   * Reads a file.
   *
   * @throws CodegenException when it is missing, too large, or neither JSON nor YAML
   */
  public static JsonNode read(Path file) {
    try {
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new CodegenException(
            file
                + " has "
                + size
                + " bytes; documents may have up to "
                + MAX_BYTES
                + ". Split it, or drop its examples.");
      }
      return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new CodegenException(file + " does not exist; give the path of an OpenAPI document", e);
    } catch (IOException e) {
      throw new CodegenException(file + " cannot be read: " + IoProblem.words(e), e);
    }
  }

  /** Reads text; {@code name} stands for it in messages. */
  public static JsonNode parse(String name, String text) {
    String stripped = text.startsWith("\uFEFF") ? text.substring(1) : text;
    if (!stripped.stripLeading().startsWith("{")) {
      return YamlTree.parse(name, stripped);
    }
    try {
      return JSON.readTree(stripped);
    } catch (JsonProcessingException e) {
      return yamlUnlessJson(name, stripped, e);
    }
  }

  private static JsonNode yamlUnlessJson(String name, String text, JsonProcessingException cause) {
    if (name.endsWith(".yaml") || name.endsWith(".yml")) {
      return YamlTree.parse(name, text);
    }
    var place = cause.getLocation();
    throw new CodegenException(
        name
            + (place == null ? "" : ":" + place.getLineNr() + ":" + place.getColumnNr())
            + ": not JSON: "
            + cause.getOriginalMessage(),
        cause);
  }
}
