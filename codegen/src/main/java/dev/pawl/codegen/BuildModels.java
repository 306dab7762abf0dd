package dev.pawl.codegen;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.IoProblem;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.ir.Api;
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
import java.util.function.Consumer;

/**
 * Generates the models of a build. Does nothing when neither the documents nor codegen have changed
 * and all that was written is still there; removes what an earlier run wrote and this one does not.
 */
public final class BuildModels {
  /** Where {@link java.util.ServiceLoader} looks for models. */
  public static final String SERVICES = "META-INF/services/dev.pawl.model.Model";

  private final BuildOptions options;
  private final Consumer<String> progress;
  private final Path stamp;
  private final TreeMap<Path, byte[]> files = new TreeMap<>();
  private final TreeSet<String> services = new TreeSet<>();

  private BuildModels(BuildOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
    // Beside the folder and not in it: it must not get into the jar.
    this.stamp =
        options.resources().resolveSibling(options.resources().getFileName() + ".codegen-stamp");
  }

  /**
   * Generates.
   *
   * @param progress is told each stage before it begins
   * @throws CodegenException when a document, its overrides or an output cannot be used; then
   *     nothing was written for any document
   */
  public static BuildResult run(BuildOptions options, Consumer<String> progress) {
    try {
      return new BuildModels(options, progress).run();
    } catch (IOException e) {
      throw new CodegenException(options.specs() + " cannot be read: " + IoProblem.words(e), e);
    }
  }

  private BuildResult run() throws IOException {
    List<CodegenOptions> documents = FindDocuments.run(options);
    String inputs = Fingerprint.of(documents, options.words());
    List<String> before = Files.isRegularFile(stamp) ? Files.readAllLines(stamp) : List.of();
    if (isUpToDate(before, inputs)) {
      return new BuildResult.UpToDate();
    }
    List<BuildResult.Document> made = new ArrayList<>();
    for (CodegenOptions document : documents) {
      made.add(add(document));
    }
    services.addAll(options.ownModels());
    addText(options.resources().resolve(SERVICES), String.join("\n", services) + "\n");
    write(before, inputs);
    return new BuildResult.Generated(made);
  }

  private boolean isUpToDate(List<String> before, String inputs) {
    return !before.isEmpty()
        && before.get(0).equals(inputs)
        && before.stream().skip(1).allMatch(p -> Files.isRegularFile(stamp.resolveSibling(p)));
  }

  private BuildResult.Document add(CodegenOptions document) throws IOException {
    Api api = Codegen.infer(document, progress);
    EmitApi emit = new EmitApi(api);
    Codegen.sources(emit, document.spec()).forEach(f -> add(options.sources(), f));
    emit.resources()
        .filter(f -> !f.path().equals(SERVICES))
        .forEach(f -> add(options.resources(), f));
    services.addAll(emit.classNames());
    files.put(
        options.resources().resolve("META-INF/pawl/specs/" + document.spec().getFileName()),
        Files.readAllBytes(document.spec()));
    if (options.reports() != null) {
      addText(
          options.reports().resolve(api.name() + ".report.json"),
          Report.of(api).toPrettyString() + "\n");
    }
    return new BuildResult.Document(
        api.name(),
        emit.kinds().stream().map(k -> api.name() + "/" + k).toList(),
        api.skipped().size(),
        api.warnings());
  }

  private void add(Path folder, GeneratedFile file) {
    files.put(folder.resolve(file.path()), file.content());
  }

  private void addText(Path file, String text) {
    files.put(file, text.getBytes(StandardCharsets.UTF_8));
  }

  /** The stamp goes first and comes back last: a build cut short between is done again. */
  private void write(List<String> before, String inputs) throws IOException {
    progress.accept("writing " + files.size() + " files");
    Set<String> written = new TreeSet<>();
    files.keySet().forEach(f -> written.add(relative(f)));
    TreeSet<String> known = new TreeSet<>(written);
    before.stream().skip(1).forEach(known::add);
    writeStamp("unfinished", known);
    files.forEach(OutputFolder::write);
    for (String path : known) {
      if (!written.contains(path)) {
        Files.deleteIfExists(stamp.resolveSibling(path));
      }
    }
    writeStamp(inputs, written);
  }

  private void writeStamp(String inputs, Set<String> paths) {
    List<String> lines = new ArrayList<>(List.of(inputs));
    lines.addAll(paths);
    OutputFolder.write(stamp, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
  }

  private String relative(Path file) {
    Path base = stamp.toAbsolutePath().normalize().resolveSibling("");
    return base.relativize(file.toAbsolutePath().normalize()).toString();
  }
}
