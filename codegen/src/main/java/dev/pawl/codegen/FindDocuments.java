package dev.pawl.codegen;

import dev.pawl.codegen.document.CodegenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds a build's documents, each with its own options. */
final class FindDocuments {
  /** Files that mend a document of the same name. */
  private static final Pattern MENDS = Pattern.compile("(.*)\\.(overrides|overlay)\\.yaml");

  private FindDocuments() {}

  /**
   * Finds.
   *
   * @return in the order of the file names, at least one
   * @throws CodegenException where there are none, two would get the same name, overrides belong to
   *     none, or name and overrides are given for several
   */
  static List<CodegenOptions> run(BuildOptions options) throws IOException {
    List<Path> files = files(options.specs());
    if (files.size() > 1 && (options.name() != null || options.overrides() != null)) {
      throw new CodegenException(
          options.specs()
              + " has "
              + files.size()
              + " documents; a name or an overrides file can be given for one only: name that"
              + " document instead of its folder");
    }
    List<CodegenOptions> found =
        files.stream()
            .map(
                f ->
                    CodegenOptions.of(f)
                        .withName(options.name())
                        .withOverrides(options.overrides()))
            .toList();
    refuseTwins(found);
    return found;
  }

  private static List<Path> files(Path specs) throws IOException {
    if (Files.isRegularFile(specs)) {
      return List.of(specs);
    }
    if (!Files.isDirectory(specs)) {
      throw new CodegenException(
          specs + " does not exist; put an OpenAPI document there, or name another folder or file");
    }
    List<Path> all;
    try (Stream<Path> listed = Files.list(specs)) {
      all = listed.filter(f -> f.toString().matches(".*\\.(ya?ml|json)")).sorted().toList();
    }
    List<Path> documents = all.stream().filter(f -> !mends(f)).toList();
    if (documents.isEmpty()) {
      throw new CodegenException(
          specs + " has no OpenAPI document; expected at least one .yaml, .yml or .json file");
    }
    all.stream().filter(FindDocuments::mends).forEach(f -> demandDocument(f, documents));
    return documents;
  }

  private static boolean mends(Path file) {
    return MENDS.matcher(file.toString()).matches();
  }

  /** Overrides that nobody reads would be a silent mistake. */
  private static void demandDocument(Path overrides, List<Path> documents) {
    String stem = MENDS.matcher(overrides.getFileName().toString()).replaceFirst("$1");
    if (documents.stream().noneMatch(d -> CodegenOptions.stem(d).equals(stem))) {
      throw new CodegenException(
          overrides
              + " belongs to no document; expected "
              + stem
              + ".yaml, .yml or .json beside it, so rename one of the two");
    }
  }

  private static void refuseTwins(List<CodegenOptions> found) {
    Map<String, Path> owners = new HashMap<>();
    for (CodegenOptions options : found) {
      Path other = owners.put(options.effectiveName(), options.spec());
      if (other != null) {
        throw new CodegenException(
            other
                + " and "
                + options.spec()
                + " would both be named '"
                + options.effectiveName()
                + "'; rename or remove one of them");
      }
    }
  }
}
