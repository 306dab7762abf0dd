package dev.pawl.codegen.output;

import dev.pawl.codegen.document.CodegenException;
import dev.pawl.codegen.emit.GeneratedFile;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/** Compiles generated sources in memory, against what codegen itself runs with. */
public final class CompileModels {
  private static final int MAX_ERRORS = 5;

  private CompileModels() {}

  /**
   * Compiles.
   *
   * @return class files
   * @throws CodegenException where there is no compiler, or the sources do not compile
   */
  public static List<GeneratedFile> run(List<GeneratedFile> sources) {
    return run(sources, List.of("-Xlint:all", "-Werror"));
  }

  static List<GeneratedFile> run(List<GeneratedFile> sources, List<String> flags) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new CodegenException(
          "this Java ("
              + System.getProperty("java.home")
              + ") has no compiler; run with a JDK instead of a JRE");
    }
    var problems = new DiagnosticCollector<JavaFileObject>();
    try (var files = new MemoryFiles(compiler.getStandardFileManager(problems, null, null))) {
      List<String> options =
          new ArrayList<>(List.of("--release", "17", "-proc:none", "-parameters", "-g:none"));
      options.addAll(
          List.of(
              "-classpath",
              ClassPath.find().stream()
                  .map(Path::toString)
                  .collect(Collectors.joining(System.getProperty("path.separator")))));
      options.addAll(flags);
      boolean done =
          compiler
              .getTask(
                  new StringWriter(), files, problems, options, null, MemoryFiles.sources(sources))
              .call();
      if (!done) {
        throw new CodegenException(
            "the generated sources do not compile, which is a mistake in codegen; please report: "
                + text(problems.getDiagnostics()));
      }
      return files.classes();
    } catch (java.io.IOException e) {
      throw new CodegenException("compiling failed: " + e.getMessage(), e);
    }
  }

  private static String text(List<Diagnostic<? extends JavaFileObject>> problems) {
    return problems.stream()
        .limit(MAX_ERRORS)
        .map(p -> p.toString())
        .collect(Collectors.joining("; "));
  }
}
