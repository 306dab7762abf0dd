package dev.pawl.codegen;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.document.Overlay;
import dev.pawl.codegen.document.TreeReader;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.output.CompileModels;
import dev.pawl.codegen.output.LoadModels;
import dev.pawl.codegen.output.OutputFolder;
import dev.pawl.codegen.output.PackJar;
import dev.pawl.codegen.overrides.Overrides;
import dev.pawl.codegen.overrides.ReadOverrides;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads an API's document, says what it understood, and writes model classes. */
public final class Codegen {
  private final CodegenOptions options;
  private final Consumer<String> progress;
  private final @Nullable Verifier verifier;

  private Codegen(CodegenOptions options, Consumer<String> progress, @Nullable Verifier verifier) {
    this.options = options;
    this.progress = progress;
    this.verifier = verifier;
  }

  /**
   * Runs without telling how far it is.
   *
   * @throws CodegenException when the document, the overrides or an output cannot be used
   */
  public static CodegenResult run(CodegenOptions options) {
    return run(options, step -> {});
  }

  /**
   * Runs.
   *
   * @param progress is told each stage before it begins
   * @throws CodegenException when the document, the overrides or an output cannot be used
   */
  public static CodegenResult run(CodegenOptions options, Consumer<String> progress) {
    return new Codegen(options, progress, null).run();
  }

  /**
   * Runs, and proves every model that gets a class.
   *
   * @param progress is told each stage before it begins
   * @param verifier proves them
   * @throws CodegenException when the document, the overrides or an output cannot be used
   */
  public static CodegenResult run(
      CodegenOptions options, Consumer<String> progress, Verifier verifier) {
    return new Codegen(options, progress, verifier).run();
  }

  /**
   * Only understands the document.
   *
   * @throws CodegenException when the document or the overrides cannot be used
   */
  public static Api understand(CodegenOptions options) {
    return infer(options, step -> {});
  }

  /** What is understood of the document; writes nothing. */
  static Api infer(CodegenOptions options, Consumer<String> progress) {
    return new Codegen(options, progress, null).infer();
  }

  private Api infer() {
    return infer(read());
  }

  private Api infer(ApiDocument document) {
    Overrides overrides = overrides();
    progress.accept("inferring resources");
    return new InferApi(document, options.effectiveName(), overrides).run();
  }

  private ApiDocument read() {
    progress.accept("reading " + options.spec());
    JsonNode root = TreeReader.read(options.spec());
    Path overlay = options.effectiveOverlay();
    List<String> warnings = overlay == null ? List.of() : Overlay.apply(overlay, root);
    ApiDocument document = ApiDocument.of(options.spec().toString(), root);
    warnings.forEach(document::warn);
    return document;
  }

  private CodegenResult run() {
    ApiDocument document = read();
    Api api = infer(document);
    EmitApi emit = new EmitApi(api);
    List<Verification> verifications = write(emit, document);
    ObjectNode report = Report.of(api, verifier == null ? null : verifications);
    if (options.report() != null) {
      OutputFolder.write(
          options.report(), (report.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new CodegenResult(
        api,
        report,
        emit.kinds().stream().map(k -> api.name() + "/" + k).toList(),
        api.warnings(),
        verifications);
  }

  private Overrides overrides() {
    Path file = options.effectiveOverrides();
    if (file == null) {
      return Overrides.NONE;
    }
    progress.accept("reading " + file);
    return ReadOverrides.read(file);
  }

  private List<Verification> write(EmitApi emit, ApiDocument document) {
    if (options.out() == null && options.jar() == null && verifier == null) {
      return List.of();
    }
    progress.accept("writing classes");
    Stream<GeneratedFile> written = sources(emit, options.spec());
    List<GeneratedFile> resources = emit.resources().toList();
    List<GeneratedFile> sources = written.toList();
    if (options.out() != null) {
      OutputFolder folder = new OutputFolder(options.out());
      sources.forEach(folder::write);
      resources.forEach(folder::write);
    }
    return options.jar() == null && verifier == null
        ? List.of()
        : compiled(sources, resources, document);
  }

  /** The sources, or what stands in their way with the document's name. */
  static Stream<GeneratedFile> sources(EmitApi emit, Path spec) {
    try {
      return emit.sources();
    } catch (CodegenException e) {
      throw new CodegenException(spec + ": " + e.getMessage(), e);
    }
  }

  private List<Verification> compiled(
      List<GeneratedFile> sources, List<GeneratedFile> resources, ApiDocument document) {
    progress.accept("compiling " + sources.size() + " classes");
    List<GeneratedFile> content = new ArrayList<>(CompileModels.run(sources));
    content.addAll(resources);
    if (options.jar() != null) {
      OutputFolder.write(options.jar(), PackJar.of(content));
    }
    return verifier == null
        ? List.of()
        : verifier.run(document.root(), LoadModels.run(content), progress);
  }
}
