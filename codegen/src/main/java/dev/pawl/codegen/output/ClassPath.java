package dev.pawl.codegen.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.TreeNode;
import com.fasterxml.jackson.databind.JsonNode;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.model.Model;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/** Finds the jars that generated classes compile against: those that codegen runs with. */
final class ClassPath {
  private ClassPath() {}

  static List<Path> find() {
    return Stream.of(
            Model.class,
            JsonNode.class,
            TreeNode.class,
            JsonProperty.class,
            Nullable.class,
            Logger.class)
        .map(ClassPath::of)
        .distinct()
        .toList();
  }

  private static Path of(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    try {
      if (source != null && source.getLocation() != null) {
        return Path.of(source.getLocation().toURI());
      }
    } catch (URISyntaxException | IllegalArgumentException e) {
      throw new CodegenException("the jar of " + type.getName() + " cannot be found: " + e, e);
    }
    throw new CodegenException(
        "the jar of " + type.getName() + " cannot be found; run codegen from its own jars");
  }
}
