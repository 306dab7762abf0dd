package dev.pawl.codegen;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.IoProblem;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.output.OutputFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Generates the models of every document in a folder, for a build. Does nothing when neither the
 * documents nor codegen have changed; removes what an earlier run wrote and this one does not.
 */
final class BuildModels {
  private static final String SERVICES = "META-INF/services/dev.pawl.model.Model";

  private final Path specs;
  private final Path sources;
  private final Path resources;
  private final Path stamp;

  BuildModels(Path specs, Path sources, Path resources) {
    this.specs = specs;
    this.sources = sources;
    this.resources = resources;
    this.stamp = resources.resolveSibling("pawl-codegen.stamp");
  }

  void run() {
    try {
      List<Path> documents = documents();
      String inputs = Fingerprint.of(specs);
      List<String> before = Files.isRegularFile(stamp) ? Files.readAllLines(stamp) : List.of();
      if (!before.isEmpty() && before.get(0).equals(inputs)) {
        return;
      }
      Set<String> written = generate(documents);
      for (String path : before.stream().skip(1).filter(p -> !written.contains(p)).toList()) {
        Files.deleteIfExists(stamp.resolveSibling(path));
      }
      List<String> lines = new ArrayList<>(List.of(inputs));
      lines.addAll(written);
      OutputFolder.write(stamp, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new CodegenException(specs + " cannot be read: " + IoProblem.words(e), e);
    }
  }

  private List<Path> documents() throws IOException {
    try (Stream<Path> files = Files.list(specs)) {
      return files
          .filter(f -> f.toString().matches(".*\\.(ya?ml|json)"))
          .filter(f -> !f.toString().matches(".*\\.(overrides|overlay)\\.ya?ml"))
          .sorted()
          .toList();
    }
  }

  private Set<String> generate(List<Path> documents) throws IOException {
    TreeMap<String, GeneratedFile> all = new TreeMap<>();
    List<GeneratedFile> java = new ArrayList<>();
    TreeSet<String> services = new TreeSet<>();
    for (Path document : documents) {
      CodegenOptions options = CodegenOptions.of(document);
      var emit = Codegen.emit(options);
      emit.sources().forEach(java::add);
      emit.resources().filter(f -> !f.path().equals(SERVICES)).forEach(f -> all.put(f.path(), f));
      services.addAll(emit.classNames());
      String path = "META-INF/pawl/specs/" + document.getFileName();
      all.put(path, new GeneratedFile(path, Files.readAllBytes(document)));
    }
    String list = services.stream().collect(Collectors.joining("\n", "", "\n"));
    all.put(SERVICES, new GeneratedFile(SERVICES, list.getBytes(StandardCharsets.UTF_8)));
    OutputFolder sourceFolder = new OutputFolder(sources);
    OutputFolder resourceFolder = new OutputFolder(resources);
    java.forEach(sourceFolder::write);
    all.values().forEach(resourceFolder::write);
    Set<String> written = new TreeSet<>();
    java.forEach(f -> written.add(relative(sources, f)));
    all.values().forEach(f -> written.add(relative(resources, f)));
    return written;
  }

  private String relative(Path folder, GeneratedFile file) {
    Path base = stamp.toAbsolutePath().resolveSibling("");
    return base.relativize(folder.toAbsolutePath().resolve(file.path())).toString();
  }
}
