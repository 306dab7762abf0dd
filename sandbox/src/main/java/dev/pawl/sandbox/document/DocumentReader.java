package dev.pawl.sandbox.document;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.sandbox.DocumentException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads an OpenAPI document from a file or from bytes; every failure is a {@link
 * DocumentException}.
 */
public final class DocumentReader {
  /** Bytes; a document above it is refused. */
  public static final long MAX_BYTES = 64L * 1024 * 1024;

  private DocumentReader() {}

  public static byte[] load(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new DocumentException(
            "There is no file " + file + "; give the path of an OpenAPI document (YAML or JSON).");
      }
      if (Files.size(file) > MAX_BYTES) {
        throw tooLarge(file.toString(), Files.size(file));
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DocumentException(
          "The document "
              + file
              + " can't be read ("
              + e.getMessage()
              + "); check its permissions.",
          e);
    }
  }

  public static ApiDocument read(String name, byte[] bytes) {
    if (bytes.length > MAX_BYTES) {
      throw tooLarge(name, bytes.length);
    }
    JsonNode root = tree(name, bytes);
    boolean openApi = root.path("openapi").isValueNode() || root.path("swagger").isValueNode();
    if (!openApi || !root.path("paths").isObject()) {
      throw new DocumentException(
          "The document "
              + name
              + " is not an OpenAPI document: it needs a version under \"openapi\" or \"swagger\""
              + " and an object under \"paths\".");
    }
    return new ApiDocument(name, root);
  }

  private static JsonNode tree(String name, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    if (text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    try {
      return text.stripLeading().startsWith("{") ? json(text) : YamlTree.parse(text);
    } catch (IOException | YamlEngineException | StackOverflowError e) {
      throw new DocumentException(
          "The document " + name + " is neither YAML nor JSON: " + firstLine(e) + ".", e);
    }
  }

  private static JsonNode json(String text) throws IOException {
    try {
      return JsonText.parse(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException notJson) {
      // YAML's flow style opens with a brace too.
      try {
        return YamlTree.parse(text);
      } catch (YamlEngineException notYaml) {
        throw notJson;
      }
    }
  }

  private static String firstLine(Throwable e) {
    String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return message.lines().findFirst().orElse("").strip();
  }

  private static DocumentException tooLarge(String name, long bytes) {
    return new DocumentException(
        "The document " + name + " has " + bytes + " bytes; at most " + MAX_BYTES + " are read.");
  }
}
