package dev.pawl.codegen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pawl.codegen.document.ApiDocument;
import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.EmitApi;
import dev.pawl.codegen.emit.GeneratedFile;
import dev.pawl.codegen.infer.InferApi;
import dev.pawl.codegen.ir.Api;
import dev.pawl.codegen.output.CompileModels;
import dev.pawl.codegen.output.OutputFolder;
import dev.pawl.codegen.output.PackJar;
import dev.pawl.codegen.overrides.Overrides;
import dev.pawl.codegen.overrides.ReadOverrides;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads an API's document, says what it understood, and writes model classes. */
public final class Codegen {
  private final CodegenOptions options;
  private final Consumer<String> progress;

  private Codegen(CodegenOptions options, Consumer<String> progress) {
    this.options = options;
    this.progress = progress;
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
    return new Codegen(options, progress).run();
  }

  /** What is understood of the document; writes nothing. */
  static Api infer(CodegenOptions options, Consumer<String> progress) {
    return new Codegen(options, progress).infer();
  }

  private Api infer() {
    progress.accept("reading " + options.spec());
    ApiDocument document = ApiDocument.read(options.spec());
    Overrides overrides = overrides();
    progress.accept("inferring resources");
    return new InferApi(document, options.effectiveName(), overrides).run();
  }

  private CodegenResult run() {
    Api api = infer();
    ObjectNode report = Report.of(api);
    EmitApi emit = new EmitApi(api);
    if (options.out() != null || options.jar() != null) {
      write(emit);
    }
    if (options.report() != null) {
      OutputFolder.write(
          options.report(), (report.toPrettyString() + "\n").getBytes(StandardCharsets.UTF_8));
    }
    return new CodegenResult(
        api, report, emit.kinds().stream().map(k -> api.name() + "/" + k).toList(), api.warnings());
  }

  private Overrides overrides() {
    Path file = options.effectiveOverrides();
    if (file == null) {
      return Overrides.NONE;
    }
    progress.accept("reading " + file);
    return ReadOverrides.read(file);
  }

  private void write(EmitApi emit) {
    progress.accept("writing classes");
    List<GeneratedFile> sources = emit.sources().toList();
    List<GeneratedFile> resources = emit.resources().toList();
    if (options.out() != null) {
      OutputFolder folder = new OutputFolder(options.out());
      sources.forEach(folder::write);
      resources.forEach(folder::write);
    }
    if (options.jar() != null) {
      progress.accept("compiling " + sources.size() + " classes");
      List<GeneratedFile> content = new ArrayList<>(CompileModels.run(sources));
      content.addAll(resources);
      OutputFolder.write(options.jar(), PackJar.of(content));
    }
  }
}
