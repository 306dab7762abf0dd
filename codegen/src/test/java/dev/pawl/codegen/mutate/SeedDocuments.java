package dev.pawl.codegen.mutate;

import dev.pawl.codegen.Traps;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The documents that are changed: the traps, and published ones where they lie beside the
 * repository.
 */
final class SeedDocuments {
  private SeedDocuments() {}

  static List<Path> traps() {
    return Traps.names().stream().map(Traps::path).toList();
  }

  /** Published documents of up to some bytes; none where they are not there. */
  static List<Path> published(long maxBytes) {
    return Stream.of("../../shared/specs", "../../../shared/specs")
        .map(Path::of)
        .filter(Files::isDirectory)
        .findFirst()
        .map(folder -> smallerThan(folder, maxBytes))
        .orElse(List.of());
  }

  private static List<Path> smallerThan(Path folder, long maxBytes) {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> out = new ArrayList<>();
      for (Path file : files.sorted().toList()) {
        if (Files.size(file) <= maxBytes && file.toString().matches(".*\\.(yaml|json)")) {
          out.add(file);
        }
      }
      return out;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
