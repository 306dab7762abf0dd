package dev.pawl.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.codegen.ir.Api;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The small documents that each hold one trap seen in real ones. */
public final class Traps {
  public static final Path FOLDER = Path.of("src/test/resources/traps");

  private Traps() {}

  public static List<String> names() {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".yaml"))
          .map(f -> f.substring(0, f.length() - ".yaml".length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static Path path(String name) {
    return FOLDER.resolve(name + ".yaml");
  }

  public static Api api(String name) {
    return new InferApi(ApiDocument.read(path(name)), "trap").run();
  }

  /** An API from text. */
  public static Api of(String yaml) {
    return new InferApi(ApiDocument.of("text.yaml", TreeReader.parse("text.yaml", yaml)), "text")
        .run();
  }

  /** One resource of a trap's report. */
  public static JsonNode resource(String trap, String kind) {
    for (JsonNode resource : Report.of(api(trap)).path("resources")) {
      if (resource.path("resource").asText().equals(kind)) {
        return resource;
      }
    }
    throw new AssertionError(trap + " has no resource " + kind);
  }
}
